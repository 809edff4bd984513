using System.Runtime.CompilerServices;
using SkiaSharp;

namespace ImageRec.Images;

/// <summary>Makes small JPEGs of images for web pages: upright, in sRGB, on the background that networks see them on.</summary>
internal static class PictureThumbnail
{
    /// <summary>Makes a small JPEG of an image.</summary>
    /// <param name="encoded">The bytes of the image's file, such as <see cref="ImageSource.ReadAsync"/> returns.</param>
    /// <param name="maxSide">The longer side in pixels at most, 1 or more; smaller images keep their size.</param>
    /// <param name="name">What errors call the image.</param>
    /// <param name="quality">Quality of the JPEG, 1 to 100.</param>
    /// <param name="limits">How large the image may be; null for the defaults.</param>
    /// <param name="region">Which part of it; null for all.</param>
    /// <returns>The bytes of a JPEG file.</returns>
    /// <exception cref="UnreadableImageException">The bytes are not an image, are damaged, or are beyond the limits.</exception>
    /// <exception cref="ImageLibraryException">
    /// Images cannot be decoded in this app; the message names the package that is missing.
    /// </exception>
    public static byte[] ToJpeg(
        ReadOnlySpan<byte> encoded, int maxSide, string name = "(bytes)", int quality = 84, ImageLimits? limits = null,
        ImageRegion? region = null)
    {
        Check(maxSide, quality);
        return Encode(encoded, maxSide, name, SKEncodedImageFormat.Jpeg, quality, limits, region);
    }

    /// <summary>Does what <see cref="ToJpeg"/> does, without loss.</summary>
    /// <inheritdoc cref="ToJpeg" />
    /// <returns>The bytes of a PNG file.</returns>
    public static byte[] ToPng(ReadOnlySpan<byte> encoded, int maxSide, string name, ImageLimits limits, ImageRegion? region) =>
        Encode(encoded, maxSide, name, SKEncodedImageFormat.Png, quality: 100, limits, region);

    private static byte[] Encode(
        ReadOnlySpan<byte> encoded, int maxSide, string name, SKEncodedImageFormat kind, int quality, ImageLimits? limits,
        ImageRegion? region)
    {
        var size = (Width: 1, Height: 1);
        using var image = ImageDecoder.Decode(encoded, name, limits ?? ImageLimits.Default,
            (width, height) => size = Within(width, height, maxSide), ImageFit.Stretch, Backdrop.White, region);
        var format = new TensorFormat(
            size.Width, size.Height, ImageFit.Stretch, BlueFirst: false, Interleaved: true, RgbValues.All(1), default);
        var colors = new float[format.Length];
        ImageDecoder.Resize(image, format, colors);
        try
        {
            return Encode(colors, size.Width, size.Height, kind, quality);
        }
        catch (Exception e) when (SkiaLibrary.IsAtFault(e))
        {
            throw SkiaLibrary.Error(e);
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    public static void Check(int maxSide, int quality)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSide, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(quality, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quality, 100);
    }

    private static (int Width, int Height) Within(int width, int height, int maxSide)
    {
        var scale = Math.Min(1, (double)maxSide / Math.Max(width, height));
        return (Math.Max(1, (int)Math.Round(width * scale)), Math.Max(1, (int)Math.Round(height * scale)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe byte[] Encode(ReadOnlySpan<float> colors, int width, int height, SKEncodedImageFormat format, int quality)
    {
        var pixels = new byte[width * height * 4];
        for (int from = 0, to = 0; from < colors.Length; from += 3, to += 4)
        {
            pixels[to] = (byte)(colors[from] + 0.5f);
            pixels[to + 1] = (byte)(colors[from + 1] + 0.5f);
            pixels[to + 2] = (byte)(colors[from + 2] + 0.5f);
            pixels[to + 3] = 255;
        }
        fixed (byte* start = pixels)
        {
            using var pixmap = new SKPixmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque), (nint)start);
            using var file = pixmap.Encode(format, quality);
            return file.ToArray();
        }
    }
}
