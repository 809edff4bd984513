namespace ImageRec;

/// <summary>Thrown when an extractor computes NaN or infinity for an image. Such an embedding is never stored.</summary>
public sealed class InvalidFeaturesException : ImageRecException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the item and the extractor.</param>
    /// <param name="innerException">The error underneath; null for none.</param>
    public InvalidFeaturesException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
