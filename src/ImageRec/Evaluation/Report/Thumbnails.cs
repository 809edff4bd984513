using System.Collections.Concurrent;
using SkiaSharp;

namespace ImageRec.Evaluation;

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
            using var bitmap = Decode(encoded);
            if (bitmap is null)
                return;
            if (strip)
                _strip[key] = "data:image/jpeg;base64," + Encode(bitmap, stripPixels, StripQuality);
            if (map)
                _map[key] = Encode(bitmap, MapPixels, MapQuality);
        }
        catch (UnreadableImageException)
        {
            // The page shows its id instead.
        }
    }

    private SKBitmap? Decode(ReadOnlyMemory<byte> encoded)
    {
        using var data = SKData.CreateCopy(encoded.Span);
        using var codec = SKCodec.Create(data);
        if (codec is null || (long)codec.Info.Width * codec.Info.Height > limits.MaxPixels)
            return null;
        var size = codec.Info.Size;
        // The codec's own smaller sizes spare most of the work for large photos.
        var scaled = codec.GetScaledDimensions(Math.Min(1, 2f * stripPixels / Math.Max(size.Width, size.Height)));
        if (scaled.Width > 0 && scaled.Height > 0 && scaled.Width <= size.Width && scaled.Height <= size.Height)
            size = scaled;
        var bitmap = new SKBitmap(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        if (codec.GetPixels(bitmap.Info, bitmap.GetPixels()) is not (SKCodecResult.Success or SKCodecResult.IncompleteInput))
        {
            bitmap.Dispose();
            return null;
        }
        return Upright(bitmap, codec.EncodedOrigin);
    }

    private static SKBitmap Upright(SKBitmap bitmap, SKEncodedOrigin origin)
    {
        if (origin is SKEncodedOrigin.TopLeft or SKEncodedOrigin.Default)
            return bitmap;
        using var sideways = bitmap;
        var (w, h) = (bitmap.Width, bitmap.Height);
        // Where the stored picture's x and y axes point, and where its corner goes (EXIF 2.3, orientation).
        var matrix = origin switch
        {
            SKEncodedOrigin.TopRight => new SKMatrix(-1, 0, w, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new SKMatrix(-1, 0, w, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new SKMatrix(1, 0, 0, 0, -1, h, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new SKMatrix(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new SKMatrix(0, -1, h, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new SKMatrix(0, -1, h, -1, 0, w, 0, 0, 1),
            _ => new SKMatrix(0, 1, 0, -1, 0, w, 0, 0, 1),
        };
        var swaps = origin >= SKEncodedOrigin.LeftTop;
        var upright = new SKBitmap(new SKImageInfo(swaps ? h : w, swaps ? w : h, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var canvas = new SKCanvas(upright);
        canvas.SetMatrix(matrix);
        canvas.DrawBitmap(sideways, 0, 0);
        return upright;
    }

    private static string Encode(SKBitmap bitmap, int pixels, int quality)
    {
        var scale = Math.Min(1f, pixels / (float)Math.Max(bitmap.Width, bitmap.Height));
        var info = new SKImageInfo(
            Math.Max(1, (int)MathF.Round(bitmap.Width * scale)), Math.Max(1, (int)MathF.Round(bitmap.Height * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var surface = SKSurface.Create(info);
        surface.Canvas.Clear(SKColors.White);
        using var paint = new SKPaint { FilterQuality = SKFilterQuality.Medium, IsAntialias = true };
        surface.Canvas.DrawBitmap(bitmap, new SKRect(0, 0, info.Width, info.Height), paint);
        using var image = surface.Snapshot();
        using var encoded = image.Encode(SKEncodedImageFormat.Jpeg, quality);
        return Convert.ToBase64String(encoded.AsSpan());
    }
}
