namespace ImageRec.Evaluation;

/// <summary>Describes one answer to a query of an evaluation.</summary>
public sealed class QueryAnswer
{
    internal QueryAnswer(string id, string? category, float score) => (Id, Category, Score) = (id, category, score);

    /// <summary>Gets the item's id.</summary>
    public string Id { get; }

    /// <summary>Gets the item's category, or null when it has none.</summary>
    public string? Category { get; }

    /// <summary>Gets the cosine similarity to the query, -1 to 1.</summary>
    public float Score { get; }
}
