namespace ImageRec.Evaluation;

/// <summary>An item whose neighbours agree on another category than its own.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Category">The category it has.</param>
/// <param name="Suggested">The category its neighbours have.</param>
/// <param name="Share">Share of the neighbours' votes for it, 0 to 1.</param>
public sealed record SuspectLabel(string Id, string Category, string Suggested, double Share);
