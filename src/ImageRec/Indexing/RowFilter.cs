namespace ImageRec.Indexing;

/// <summary>Decides whether a row may be among the answers. Called from any thread, possibly from several at once.</summary>
/// <param name="key">The row's key.</param>
/// <returns>Whether the row may be an answer.</returns>
public delegate bool RowFilter(int key);
