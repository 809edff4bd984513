namespace ImageRec;

/// <summary>How large a picture may be. Beyond it a picture counts as unreadable and is never decoded.</summary>
public sealed record ImageLimits
{
    /// <summary>64 MB.</summary>
    public const long DefaultMaxBytes = 64L * 1024 * 1024;

    /// <summary>The defaults: 64 MB and 100 megapixels.</summary>
    public static ImageLimits Default { get; } = new();

    /// <summary>Encoded size in bytes; 64 MB unless set.</summary>
    public long MaxBytes { get; init; } = DefaultMaxBytes;

    /// <summary>Width times height in pixels; 100,000,000 unless set. A side longer than 65,535 pixels, the most that JPEG can hold, is refused whatever is set here.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <exception cref="InvalidOperationException">A limit lets no picture through.</exception>
    internal void Validate()
    {
        if (MaxBytes < 1 || MaxPixels < 1)
            throw new InvalidOperationException(FormattableString.Invariant($"Limits allow {MaxBytes} bytes and {MaxPixels} pixels; each must be 1 or more."));
    }
}
