namespace ImageRec;

/// <summary>Limits how large an image may be. A larger image counts as unreadable and is never decoded.</summary>
public sealed class ImageLimits
{
    /// <summary>The default of <see cref="MaxBytes"/>: 64 MB.</summary>
    public const long DefaultMaxBytes = 64L * 1024 * 1024;

    internal static ImageLimits Default { get; } = new();

    /// <summary>Gets the most bytes of the encoded image. Default: 64 MB.</summary>
    public long MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>
    /// Gets the most pixels, width times height. Default: 100,000,000. A side longer than 65,535 pixels, the most that JPEG can hold,
    /// counts as too large whatever is set here.
    /// </summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <exception cref="InvalidOperationException">A limit lets no image through.</exception>
    internal void Validate()
    {
        if (MaxBytes < 1 || MaxPixels < 1)
            throw new InvalidOperationException(
                FormattableString.Invariant($"Limits allow {MaxBytes} bytes and {MaxPixels} pixels; each must be 1 or more."));
    }
}
