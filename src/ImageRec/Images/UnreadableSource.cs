namespace ImageRec.Images;

/// <summary>Makes the source of a picture of which it is known from the start that it cannot be read, so that it is listed like every other such picture.</summary>
internal static class UnreadableSource
{
    /// <param name="name">What errors call the picture.</param>
    /// <param name="reason">A sentence for people that names the picture.</param>
    public static ImageSource Of(string name, string reason) => ImageSource.FromStream(_ => throw new UnreadableImageException(reason), name);
}
