namespace ImageRec.Images;

/// <summary>Stands for the image of an item that has none; reading it throws with the reason.</summary>
/// <param name="name">What errors call it.</param>
/// <param name="reason">The end of the sentence.</param>
/// <param name="cause">What the caller's code threw; null when it threw nothing.</param>
internal sealed class MissingImageSource(string name, string reason, Exception? cause = null) : ImageSource(name)
{
    /// <summary>Calls the caller's function that returns an image; whatever it throws concerns this image alone.</summary>
    /// <param name="name">What errors call the image.</param>
    /// <param name="image">The caller's function.</param>
    /// <returns>What it returns, null too; when it throws, an image that cannot be read.</returns>
    public static ImageSource? Ask(string name, Func<ImageSource?> image)
    {
        try
        {
            return image();
        }
#pragma warning disable CA1031 // The caller's code may throw anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new MissingImageSource(
                name, $"the function that gives it threw {e.GetType().Name}: {e.Message.TrimEnd().TrimEnd('.')}", e);
        }
    }

    private protected override ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(
        long maxBytes, IReadMeter? meter, CancellationToken cancellationToken)
    {
        var message = $"'{Name}' has no picture: {reason}.";
        throw cause is null ? new UnreadableImageException(message) : new UnreadableImageException(message, cause);
    }
}
