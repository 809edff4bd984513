namespace ImageRec.Images;

/// <summary>
/// Thrown when SkiaSharp, the library that decodes images, cannot be used in this app: its native library is missing or of another version,
/// or SkiaSharp itself is of a version that does not fit. The message names the package to add. No image is at fault.
/// </summary>
internal sealed class ImageLibraryException : ImageRecException
{
    public ImageLibraryException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
