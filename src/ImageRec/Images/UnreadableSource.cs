namespace ImageRec.Images;

/// <summary>
/// Makes the source of an image of which it is known from the start that it cannot be read, so that it is listed like every other such
/// image.
/// </summary>
internal static class UnreadableSource
{
    /// <param name="name">What errors call the image.</param>
    /// <param name="reason">A sentence that names the image.</param>
    public static ImageSource Of(string name, string reason) =>
        ImageSource.FromStream(_ => throw new UnreadableImageException(reason), name);
}
