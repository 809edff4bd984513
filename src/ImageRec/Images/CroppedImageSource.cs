using static System.FormattableString;

namespace ImageRec.Images;

/// <summary>
/// A part of an image. Decoders of the library take the whole image and decode the part; others read the part as an image of its own.
/// </summary>
internal sealed class CroppedImageSource(ImageSource whole, ImageRegion region) : ImageSource(whole.Name)
{
    /// <summary>More than any network takes, so that a part of a large photo stays small.</summary>
    private const int MaxSide = 2048;

    internal override ImageSource Whole => whole;

    internal override ImageRegion? Region => region;

    private protected override async ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(
        long maxBytes, IReadMeter? meter, CancellationToken cancellationToken)
    {
        var encoded = await whole.ReadMeteredAsync(maxBytes, meter, cancellationToken).ConfigureAwait(false);
        var png = PictureThumbnail.ToPng(encoded.Span, MaxSide, Name, new() { MaxBytes = maxBytes }, region);
        if (png.Length > maxBytes)
            throw new UnreadableImageException(
                Invariant($"The part of '{Name}' has {png.Length:N0} bytes as a PNG file; at most {maxBytes:N0} are read."));
        return png;
    }
}
