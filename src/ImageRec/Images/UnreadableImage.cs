namespace ImageRec;

/// <summary>A picture of a batch that could not be read, and why.</summary>
/// <param name="index">0-based position in the batch.</param>
/// <param name="reason">A sentence for people.</param>
public sealed class UnreadableImage(int index, string reason)
{
    /// <summary>Gets the 0-based position in the batch.</summary>
    public int Index => index;

    /// <summary>Gets a sentence for people.</summary>
    public string Reason => reason;
}
