namespace ImageRec;

/// <summary>An extractor gave NaN or infinity for a picture. Such a row is never stored.</summary>
public sealed class InvalidFeaturesException : Exception
{
    /// <summary>Creates the error with a general message.</summary>
    public InvalidFeaturesException() : base("The features hold NaN or infinity.")
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the item and the extractor.</param>
    public InvalidFeaturesException(string message) : base(message)
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the item and the extractor.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public InvalidFeaturesException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
