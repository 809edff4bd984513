namespace ImageRec;

/// <summary>Thrown when an extractor computes NaN or infinity for an image. Such an embedding is never stored.</summary>
public sealed class InvalidFeaturesException : Exception
{
    /// <summary>Creates the error with a general message.</summary>
    public InvalidFeaturesException() : base("The embedding holds NaN or infinity.")
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the item and the extractor.</param>
    public InvalidFeaturesException(string message) : base(message)
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the item and the extractor.</param>
    /// <param name="innerException">The error underneath.</param>
    public InvalidFeaturesException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
