using System.Collections.Concurrent;

namespace ImageRec.Evaluation.Report;

/// <summary>Small JPEGs of pictures as data URIs.</summary>
/// <param name="limits">Larger pictures have none.</param>
/// <param name="stripPixels">Longer side of those for strips.</param>
internal sealed class Thumbnails(ImageLimits limits, int stripPixels = 144)
{
    private const int MapPixels = 72;
    private const int StripQuality = 72;
    private const int MapQuality = 62;
    private readonly ConcurrentDictionary<string, string?> _strip = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string?> _map = new(StringComparer.Ordinal);

    /// <summary>For strips; null when there is none.</summary>
    public string? Strip(string key) => _strip.GetValueOrDefault(key);

    /// <summary>For the map, 72 pixels at most, without the URI's prefix; null when there is none.</summary>
    public string? Map(string key) => _map.GetValueOrDefault(key);

    /// <summary>Makes what is wanted of one picture; a picture that cannot be read has none.</summary>
    public async Task AddAsync(string key, ImageSource picture, bool strip, bool map, CancellationToken cancellationToken)
    {
        try
        {
            var encoded = await picture.ReadAsync(limits.MaxBytes, cancellationToken).ConfigureAwait(false);
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
