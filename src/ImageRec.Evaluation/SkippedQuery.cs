namespace ImageRec.Evaluation;

/// <summary>A query that no figure counts.</summary>
/// <param name="Id">The query's id.</param>
/// <param name="Reason">Why, as a sentence.</param>
public sealed record SkippedQuery(string Id, string Reason);
