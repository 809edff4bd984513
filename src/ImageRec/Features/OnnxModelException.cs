namespace ImageRec;

/// <summary>A network cannot be used as declared: no such file or tensor, another input size, not an ONNX file. The message lists what the network has.</summary>
public sealed class OnnxModelException : ImageRecException
{
    /// <summary>Creates the error.</summary>
    /// <param name="message">What was given, what the network has, what to do.</param>
    /// <param name="innerException">What went wrong underneath; null for nothing.</param>
    public OnnxModelException(string message, Exception? innerException = null) : base(message, innerException)
    {
    }
}
