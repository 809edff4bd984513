namespace ImageRec;

/// <summary>A picture of a batch that could not be read, and why.</summary>
/// <param name="Index">Position in the batch, 0-based.</param>
/// <param name="Reason">A sentence for people.</param>
public readonly record struct UnreadableImage(int Index, string Reason);
