namespace ImageRec.Indexing;

/// <summary>Holds a row that a search found, with its score.</summary>
public readonly struct Neighbor
{
    /// <summary>Creates an answer.</summary>
    /// <param name="key">The row's key.</param>
    /// <param name="score">Cosine similarity to the query, -1 to 1.</param>
    public Neighbor(int key, float score) => (Key, Score) = (key, score);

    /// <summary>Gets the row's key.</summary>
    public int Key { get; }

    /// <summary>Gets the cosine similarity to the query, -1 to 1.</summary>
    public float Score { get; }
}
