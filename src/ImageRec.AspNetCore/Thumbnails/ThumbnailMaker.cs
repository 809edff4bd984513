using System.IO.Hashing;
using SkiaSharp;

namespace ImageRec.AspNetCore;

/// <summary>Decodes a picture, upright and on white, no larger than needed.</summary>
internal static class ThumbnailMaker
{
    private const int Quality = 84;

    /// <param name="encoded">The bytes of the picture.</param>
    /// <param name="size">Most pixels a side.</param>
    /// <param name="maxPixels">Larger pictures are not decoded.</param>
    /// <exception cref="UnreadableImageException">It cannot be decoded.</exception>
    public static unsafe Thumbnail Make(ReadOnlySpan<byte> encoded, int size, long maxPixels)
    {
        fixed (byte* start = encoded)
        {
            using var data = SKData.Create((nint)start, encoded.Length);
            using var codec = SKCodec.Create(data) ?? throw Unreadable();
            if ((long)codec.Info.Width * codec.Info.Height > maxPixels)
                throw Unreadable();
            using var decoded = Decode(codec, size);
            using var upright = Draw(decoded, codec.EncodedOrigin, size);
            using var jpeg = upright.Encode(SKEncodedImageFormat.Jpeg, Quality);
            var bytes = jpeg.ToArray();
            return new Thumbnail(bytes, $"\"{Convert.ToHexStringLower(XxHash128.Hash(bytes))}\"");
        }
    }

    private static SKBitmap Decode(SKCodec codec, int size)
    {
        var full = codec.Info;
        // Twice the size wanted, so that the final resize still has something to average.
        var scale = Math.Min(1f, 2f * size / Math.Max(full.Width, full.Height));
        var dimensions = codec.GetScaledDimensions(scale);
        var bitmap = new SKBitmap(new SKImageInfo(dimensions.Width, dimensions.Height, SKColorType.Rgba8888, SKAlphaType.Premul));
        var result = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (result is SKCodecResult.Success or SKCodecResult.IncompleteInput)
            return bitmap;
        bitmap.Dispose();
        throw Unreadable();
    }

    private static SKImage Draw(SKBitmap decoded, SKEncodedOrigin origin, int size)
    {
        var turned = origin is SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        var (width, height) = turned ? (decoded.Height, decoded.Width) : (decoded.Width, decoded.Height);
        var scale = Math.Min(1f, (float)size / Math.Max(width, height));
        var info = new SKImageInfo(Math.Max(1, (int)MathF.Round(width * scale)), Math.Max(1, (int)MathF.Round(height * scale)), SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var surface = SKSurface.Create(info);
        var canvas = surface.Canvas;
        canvas.Clear(SKColors.White);
        canvas.Scale((float)info.Width / width, (float)info.Height / height);
        var upright = Upright(origin, decoded.Width, decoded.Height);
        canvas.Concat(ref upright);
        using var paint = new SKPaint { FilterQuality = SKFilterQuality.Medium };
        canvas.DrawBitmap(decoded, 0, 0, paint);
        return surface.Snapshot();
    }

    /// <summary>Where stored pixels belong: the eight orientations of EXIF (tag 0x0112) of a stored picture of w x h.</summary>
    private static SKMatrix Upright(SKEncodedOrigin origin, float w, float h) => origin switch
    {
        SKEncodedOrigin.TopRight => new(-1, 0, w, 0, 1, 0, 0, 0, 1),
        SKEncodedOrigin.BottomRight => new(-1, 0, w, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, h, 0, 0, 1),
        SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightTop => new(0, -1, h, 1, 0, 0, 0, 0, 1),
        SKEncodedOrigin.RightBottom => new(0, -1, h, -1, 0, w, 0, 0, 1),
        SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, w, 0, 0, 1),
        _ => SKMatrix.Identity,
    };

    private static UnreadableImageException Unreadable() => new("This product's picture cannot be read.");
}
