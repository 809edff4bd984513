namespace ImageRec;

/// <summary>A picture cannot be read: not an image, damaged, beyond the limits, or not there.</summary>
public sealed class UnreadableImageException : Exception
{
    /// <summary>Creates the error with a general message.</summary>
    public UnreadableImageException() : base("The picture cannot be read.")
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the picture and the reason.</param>
    public UnreadableImageException(string message) : base(message)
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">Names the picture and the reason.</param>
    /// <param name="innerException">What went wrong underneath.</param>
    public UnreadableImageException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
