namespace ImageRec;

/// <summary>Thrown when an image cannot be read: not an image, damaged, beyond the limits, or not there.</summary>
public sealed class UnreadableImageException : ImageRecException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the image and the reason.</param>
    /// <param name="innerException">What went wrong underneath; null for nothing.</param>
    public UnreadableImageException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
