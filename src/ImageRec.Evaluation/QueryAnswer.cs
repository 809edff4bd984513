namespace ImageRec.Evaluation;

/// <summary>One answer to a query of an evaluation.</summary>
/// <param name="Id">The item's id.</param>
/// <param name="Category">The item's category; null when it has none.</param>
/// <param name="Score">Cosine similarity, -1 to 1.</param>
public readonly record struct QueryAnswer(string Id, string? Category, float Score);
