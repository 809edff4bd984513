namespace ImageRec;

/// <summary>
/// Thrown when SkiaSharp, the library that decodes images, cannot be used in this app: its native library is missing or of another version,
/// or SkiaSharp itself is of a version that does not fit. The message names the package to add. No image is at fault.
/// </summary>
public sealed class ImageLibraryException : ImageRecException
{
    internal ImageLibraryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
