namespace ImageRec;

/// <summary>An extractor gave NaN or infinity for a picture. Such a row is never stored.</summary>
public sealed class InvalidFeaturesException : ImageRecException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the item and the extractor.</param>
    /// <param name="innerException">What went wrong underneath; null for nothing.</param>
    public InvalidFeaturesException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
