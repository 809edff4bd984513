using System.Drawing;
using ImageRec.Images;
using static System.FormattableString;

namespace ImageRec;

/// <summary>Provides an image from a file, bytes in memory or a stream. Immutable; nothing is read before it is needed.</summary>
public abstract class ImageSource
{
    private protected ImageSource(string name) => Name = name;

    /// <summary>Gets what errors call this image: the path of a file, or the name it was given.</summary>
    public string Name { get; }

    /// <summary>Makes a source of an image in a file.</summary>
    /// <param name="path">Relative paths are resolved now, against the current directory.</param>
    public static ImageSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new FileImageSource(FullPath(path), path);
    }

    /// <summary>Makes a source of an encoded image in memory, such as JPEG, PNG, WebP, GIF or BMP.</summary>
    /// <param name="encoded">The bytes of the file; not copied, so leave them unchanged.</param>
    /// <param name="name">What errors call it.</param>
    public static ImageSource FromBytes(ReadOnlyMemory<byte> encoded, string name = "(bytes)") => new BytesImageSource(encoded, name);

    /// <summary>Makes a source of an image from a stream that can be opened again and again, such as a blob.</summary>
    /// <param name="open">Opens the stream; called for every reading, which disposes what it returns.</param>
    /// <param name="name">What errors call it.</param>
    public static ImageSource FromStream(Func<CancellationToken, ValueTask<Stream>> open, string name)
    {
        ArgumentNullException.ThrowIfNull(open);
        return new StreamImageSource(open, name);
    }

    /// <inheritdoc cref="FromStream(Func{CancellationToken, ValueTask{Stream}}, string)" />
    public static ImageSource FromStream(Func<CancellationToken, ValueTask<Stream>> open) => FromStream(open, "(stream)");

    /// <summary>
    /// Makes a source of an image from a stream that can be read once, such as an upload. Its bytes are kept after the first reading; the
    /// stream is left open.
    /// </summary>
    /// <param name="stream">Read from its current position to its end, on first use.</param>
    /// <param name="name">What errors call it.</param>
    public static ImageSource FromStream(Stream stream, string name)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new OnceImageSource(stream, name);
    }

    /// <inheritdoc cref="FromStream(Stream, string)" />
    public static ImageSource FromStream(Stream stream) => FromStream(stream, "(stream)");

    /// <summary>Makes a source of a part of this image, such as one product of several that it shows.</summary>
    /// <remarks>
    /// A catalog and a query treat it like a picture of its own, which is not the same picture as the whole. What reads its bytes gets the
    /// part as a PNG of at most 2,048 pixels per side.
    /// </remarks>
    /// <param name="region">
    /// In fractions of the upright image, 0 to 1: (0.5, 0, 0.5, 1) is the right half. Of a part, in fractions of the part.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The region is empty or not within the image.</exception>
    public ImageSource Crop(RectangleF region)
    {
        if (ImageRegion.From(region) is not { } part)
        {
            var given = Invariant($"{region.X},{region.Y},{region.Width},{region.Height}");
            throw new ArgumentOutOfRangeException(nameof(region), given, $"A region is {ImageRegion.Expected}.");
        }
        return new CroppedImageSource(Whole, Region is { } outer ? part.In(outer) : part);
    }

    /// <summary>Makes a small JPEG of the image for web pages: upright, in sRGB, on the background that networks see it on.</summary>
    /// <param name="maxSide">The longer side in pixels at most, 1 or more; smaller images keep their size.</param>
    /// <param name="quality">Quality of the JPEG, 1 to 100.</param>
    /// <param name="limits">How large the image may be; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The bytes of a JPEG file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="UnreadableImageException">The image cannot be read, is damaged, or is beyond the limits.</exception>
    public async Task<byte[]> ToThumbnailAsync(
        int maxSide, int quality = 84, ImageLimits? limits = null, CancellationToken cancellationToken = default)
    {
        PictureThumbnail.Check(maxSide, quality);
        limits ??= ImageLimits.Default;
        var encoded = await Whole.ReadAsync(limits.MaxBytes, cancellationToken).ConfigureAwait(false);
        // Not on the thread of a window: decoding a large image takes a while.
        return await Task.Run(() => PictureThumbnail.ToJpeg(encoded.Span, maxSide, Name, quality, limits, Region), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Reads the encoded bytes.</summary>
    /// <param name="maxBytes">The most bytes to read; reading stops there, whatever length the source claims to have.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="UnreadableImageException">
    /// There is no such image, it is empty, it is too large, or reading failed: whatever a caller's stream throws, a time-out of its own
    /// included, is the inner exception.
    /// </exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was canceled.</exception>
    public ValueTask<ReadOnlyMemory<byte>> ReadAsync(
        long maxBytes = ImageLimits.DefaultMaxBytes, CancellationToken cancellationToken = default) =>
        ReadMeteredAsync(maxBytes, meter: null, cancellationToken);

    /// <summary>Reads the encoded bytes and reports how much memory that takes.</summary>
    /// <inheritdoc cref="ReadAsync" />
    internal async ValueTask<ReadOnlyMemory<byte>> ReadMeteredAsync(long maxBytes, IReadMeter? meter, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await ReadBytesAsync(maxBytes, meter, cancellationToken).ConfigureAwait(false);
        }
        catch (UnreadableImageException)
        {
            throw;
        }
        catch (Exception e)
        {
            // Only the caller's own token cancels; a source that gives up by itself, as an HTTP time-out does, has failed.
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException("The reading was canceled.", e, cancellationToken);
            throw new UnreadableImageException($"'{Name}' cannot be read: {Reason(e)}.", e);
        }
    }

    /// <inheritdoc />
    public override string ToString() => Name;

    /// <summary>The image that <see cref="Region"/> is a part of; this one unless it is a part.</summary>
    internal virtual ImageSource Whole => this;

    /// <summary>Which part of <see cref="Whole"/> this is; null for all of it.</summary>
    internal virtual ImageRegion? Region => null;

    /// <summary>Returns a source of bytes that were read from <see cref="Whole"/>.</summary>
    internal ImageSource WithBytes(ReadOnlyMemory<byte> encoded)
    {
        var whole = FromBytes(encoded, Name);
        return Region is { } region ? new CroppedImageSource(whole, region) : whole;
    }

    /// <summary>Reads the bytes; may throw anything.</summary>
    private protected abstract ValueTask<ReadOnlyMemory<byte>> ReadBytesAsync(
        long maxBytes, IReadMeter? meter, CancellationToken cancellationToken);

    /// <summary>Returns what an exception of a source says, as the end of a sentence.</summary>
    internal static string Reason(Exception exception)
    {
        var message = exception.Message.TrimEnd().TrimEnd('.');
        return exception switch
        {
            FileNotFoundException or DirectoryNotFoundException => "there is no such file",
            IOException or UnauthorizedAccessException => message,
            OperationCanceledException => $"its source gave up ({message})",
            _ => $"{exception.GetType().Name}: {message}",
        };
    }

    /// <summary>
    /// Returns the full path. A path that no file can have is kept as it is, so that its item is listed as unreadable when it is read.
    /// </summary>
    private static string FullPath(string path)
    {
        try
        {
            return Path.GetFullPath(path);
        }
        catch (Exception e) when (e is ArgumentException or IOException or NotSupportedException)
        {
            return path;
        }
    }
}
