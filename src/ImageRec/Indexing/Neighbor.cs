namespace ImageRec.Indexing;

/// <summary>A row that a search found.</summary>
/// <param name="Key">The row's key.</param>
/// <param name="Score">Cosine similarity to the query, -1 to 1.</param>
public readonly record struct Neighbor(int Key, float Score);
