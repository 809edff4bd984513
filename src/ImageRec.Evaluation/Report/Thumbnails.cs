using ImageRec.Images;
using System.Collections.Concurrent;

namespace ImageRec.Evaluation.Report;

/// <summary>Makes and keeps small JPEGs, as data URIs.</summary>
/// <param name="limits">An image beyond these limits has no thumbnail.</param>
/// <param name="stripPixels">The longer side of thumbnails for strips, in pixels.</param>
internal sealed class Thumbnails(ImageLimits limits, int stripPixels = 144)
{
    private const int MapPixels = 72;
    private const int StripQuality = 72;
    private const int MapQuality = 62;
    private readonly ConcurrentDictionary<string, string?> _strip = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _map = new(StringComparer.Ordinal);

    /// <summary>Returns the thumbnail for strips, or null when there is none.</summary>
    public string? Strip(string key) => _strip.GetValueOrDefault(key);

    /// <summary>Returns the thumbnail for the map, 72 pixels at most and without the URI's prefix, or null when there is none.</summary>
    public string? Map(string key) => _map.GetValueOrDefault(key);

    /// <summary>Makes the thumbnails of one image. An image that cannot be read has none.</summary>
    public async Task AddAsync(string key, ImageSource image, bool strip, bool map, CancellationToken cancellationToken)
    {
        try
        {
            var encoded = await image.ReadAsync(limits.MaxBytes, cancellationToken).ConfigureAwait(false);
            if (strip)
                _strip[key] = "data:image/jpeg;base64," + Encode(encoded.Span, stripPixels, StripQuality);
            if (map)
                _map[key] = Encode(encoded.Span, MapPixels, MapQuality);
        }
        catch (UnreadableImageException)
        {
            // The page shows its id instead.
        }
    }

    private string Encode(ReadOnlySpan<byte> encoded, int pixels, int quality) =>
        Convert.ToBase64String(PictureThumbnail.ToJpeg(encoded, pixels, quality: quality, limits: limits));
}
