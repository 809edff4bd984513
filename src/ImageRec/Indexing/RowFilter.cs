namespace ImageRec.Indexing;

/// <summary>Whether a row may be among the answers. Called from any thread, possibly several at once.</summary>
/// <param name="key">The row's key.</param>
public delegate bool RowFilter(int key);
