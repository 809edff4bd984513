namespace ImageRec;

/// <summary>
/// Thrown when a network cannot be used as declared: no such file or tensor, another input size, not an ONNX file. The message lists what
/// the network has.
/// </summary>
public sealed class OnnxModelException : Exception
{
    /// <summary>Creates the error with a general message.</summary>
    public OnnxModelException() : base("The network cannot be used.")
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given, what the network has, what to do.</param>
    public OnnxModelException(string message) : base(message)
    {
    }

    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given, what the network has, what to do.</param>
    /// <param name="innerException">The error underneath.</param>
    public OnnxModelException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
