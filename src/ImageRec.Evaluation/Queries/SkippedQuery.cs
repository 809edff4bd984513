namespace ImageRec.Evaluation;

/// <summary>Describes a query that is left out of every figure.</summary>
public sealed class SkippedQuery
{
    internal SkippedQuery(string id, string reason) => (Id, Reason) = (id, reason);

    /// <summary>Gets the query's id.</summary>
    public string Id { get; }

    /// <summary>Gets the reason, as a sentence.</summary>
    public string Reason { get; }
}
