namespace ImageRec;

/// <summary>
/// Thrown when a network cannot be used as declared: no such file or tensor, another input size, not an ONNX file. The message lists what
/// the network has.
/// </summary>
public sealed class OnnxModelException : ImageRecException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given, what the network has, what to do.</param>
    /// <param name="innerException">The error underneath; null for none.</param>
    public OnnxModelException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
