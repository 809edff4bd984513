namespace ImageRec;

/// <summary>Names an image of a batch that could not be read, and why.</summary>
/// <param name="index">0-based position in the batch.</param>
/// <param name="reason">A sentence to show.</param>
public sealed class UnreadableImage(int index, string reason)
{
    /// <summary>Gets the 0-based position in the batch.</summary>
    public int Index => index;

    /// <summary>Gets the reason, a sentence to show.</summary>
    public string Reason => reason;
}
