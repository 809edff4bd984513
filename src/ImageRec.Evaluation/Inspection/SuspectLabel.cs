namespace ImageRec.Evaluation;

/// <summary>Names an item whose neighbors agree on another category than its own.</summary>
public sealed class SuspectLabel
{
    internal SuspectLabel(string id, string category, string suggested, double share) =>
        (Id, Category, Suggested, Share) = (id, category, suggested, share);

    /// <summary>Gets the item's id.</summary>
    public string Id { get; }

    /// <summary>Gets the category that the item has.</summary>
    public string Category { get; }

    /// <summary>Gets the category that the item's neighbors have.</summary>
    public string Suggested { get; }

    /// <summary>Gets the share of the neighbors' votes for that category, 0 to 1.</summary>
    public double Share { get; }
}
