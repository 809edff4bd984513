using SkiaSharp;

namespace ImageRec.Torture.Fuzz.Pictures;

/// <summary>Small pictures of every kind the library reads, made by code.</summary>
internal static class PictureSeeds
{
    public static IReadOnlyList<byte[]> Make()
    {
        var random = new Random(1);
        byte[] prefixed = [.. "Exif\0\0"u8, .. OtherWriters.Exif(6)];
        var jpeg = Skia(SKEncodedImageFormat.Jpeg, 24, opaque: true);
        var webp = Skia(SKEncodedImageFormat.Webp, 24, opaque: true);
        var clear = Skia(SKEncodedImageFormat.Webp, 20, opaque: false);
        var png = Skia(SKEncodedImageFormat.Png, 24, opaque: false);
        return
        [
            jpeg,
            [.. jpeg[..2], 0xFF, 0xE1, 0, (byte)(prefixed.Length + 2), .. prefixed, .. jpeg[2..]],
            Skia(SKEncodedImageFormat.Jpeg, 48, opaque: true),
            Skia(SKEncodedImageFormat.Jpeg, 16, opaque: true, wide: true),
            new JpegWriter(32, [1]).Write(Sample),
            new JpegWriter(32, [2, 1, 1]).Write(Sample),
            new JpegWriter(32, [1, 1, 1]).Write(Sample, restarts: true),
            new JpegWriter(32, [1, 1, 1, 1]).Write(Sample),
            new JpegWriter(32, [1]).Write(Sample, progressive: true),
            new JpegWriter(32, [2, 1, 1]).Write(Sample, progressive: true),
            new JpegWriter(16, [1, 1, 1, 1]).Write(Sample, progressive: true),
            png,
            Skia(SKEncodedImageFormat.Png, 32, opaque: true, wide: true),
            PngWriter.Write(random, 24, 1, 0),
            PngWriter.Write(random, 20, 2, 3),
            PngWriter.Write(random, 20, 8, 3),
            PngWriter.Write(random, 20, 8, 4),
            PngWriter.Write(random, 20, 16, 2),
            PngWriter.Write(random, 16, 16, 6, interlaced: true),
            PngWriter.Write(random, 20, 8, 2, interlaced: true, ("eXIf", OtherWriters.Exif(5))),
            PngWriter.Write(random, 17, 4, 3, interlaced: true),
            PngWriter.Write(random, 20, 8, 6, false, ("gAMA", [0, 0, 0xB1, 0x8F]), ("pHYs", [0, 0, 1, 0, 0, 0, 2, 0, 1]),
            ("eXIf", OtherWriters.Exif(8)), ("tEXt", [.. "Title\0one"u8])),
            webp,
            clear,
            Lossless(24),
            Lossless(17),
            OtherWriters.WebP(24, prefixed, webp),
            OtherWriters.WebP(24, OtherWriters.Exif(7), Lossless(24)),
            OtherWriters.WebP(24, [], Lossless(24), webp, Lossless(24)),
            OtherWriters.Gif(random, 24, interlaced: false),
            OtherWriters.Gif(random, 17, interlaced: true),
            OtherWriters.Bmp(random, 17, 1),
            OtherWriters.Bmp(random, 17, 4),
            OtherWriters.Bmp(random, 18, 8),
            OtherWriters.Bmp(random, 24, 8, runs: true),
            OtherWriters.Bmp(random, 18, 16),
            OtherWriters.Bmp(random, 17, 24, topDown: true),
            OtherWriters.Bmp(random, 18, 32),
            OtherWriters.Ico(random, 16, png),
            OtherWriters.Wbmp(random, 24),
        ];
    }

    private static double Sample(int component, double x, double y) =>
        128 + 100 * Math.Sin(9 * x + component) * Math.Cos(7 * y - component) + (x > 0.5 ? 25 : 0);

    private static byte[] Skia(SKEncodedImageFormat format, int side, bool opaque, bool wide = false)
    {
        using var bitmap = Draw(side, opaque, wide);
        using var data = bitmap.Encode(format, 80);
        return data.ToArray();
    }

    private static byte[] Lossless(int side)
    {
        using var bitmap = Draw(side, opaque: false, wide: false);
        using var pixels = bitmap.PeekPixels();
        using var data = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 60));
        return data.ToArray();
    }

    /// <param name="side">Columns and rows.</param>
    /// <param name="opaque">Without alpha.</param>
    /// <param name="wide">In a color space that is written as a profile.</param>
    private static SKBitmap Draw(int side, bool opaque, bool wide)
    {
        using var space = wide ? SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3) : null;
        var bitmap =
            new SKBitmap(new SKImageInfo(side, side, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul, space));
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var alpha = opaque ? (byte)255 : (byte)(x * 255 / side);
                bitmap.SetPixel(x, y, new SKColor((byte)(x * 11 ^ y * 5), (byte)(y * 9), (byte)(x * y), alpha));
            }
        }
        return bitmap;
    }
}
