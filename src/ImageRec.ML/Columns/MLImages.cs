using System.Buffers.Binary;
using ImageRec.Images;
using Microsoft.ML.Data;

namespace ImageRec.ML.Columns;

/// <summary>Converts images as ML.NET holds them.</summary>
internal static class MLImages
{
    private const int HeaderLength = 54;

    /// <summary>
    /// Makes sure that ML.NET's images work with the SkiaSharp of this app: ML.NET 5.0 reads their pixels by a method that only 2.88 has.
    /// </summary>
    /// <exception cref="ImageLibraryException">They do not.</exception>
    public static void Require()
    {
        try
        {
            using var image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Bgra32, new byte[4]);
            _ = image.Pixels.Length;
        }
        catch (MissingMemberException e)
        {
            throw new ImageLibraryException(
                $"ML.NET's images do not work with SkiaSharp {SkiaLibrary.Version()}; Microsoft.ML.ImageAnalytics "
                + $"{typeof(MLImage).Assembly.GetName().Version?.ToString(3)} needs 2.88. "
                + "Reference SkiaSharp 2.88.9 and, on Linux, SkiaSharp.NativeAssets.Linux.NoDependencies 2.88.9; or do without an ML.NET "
                + "pipeline of images: "
                + $"{nameof(OnnxModel)} and pictures by path or as bytes work with any version. ({e.Message})", e);
        }
        catch (Exception e) when (SkiaLibrary.IsAtFault(e))
        {
            throw SkiaLibrary.Error(e);
        }
    }

    /// <summary>Writes the pixels as an uncompressed BMP file, composited on the background that a file of them would get.</summary>
    public static unsafe byte[] ToBmp(MLImage image)
    {
        var (width, height) = (image.Width, image.Height);
        var bmp = new byte[checked(HeaderLength + (width * height * 4))];
        "BM"u8.CopyTo(bmp);
        Write(2, bmp.Length);
        Write(10, HeaderLength);
        Write(14, HeaderLength - 14);
        Write(18, width);
        // A negative height says that the first line is the top one.
        Write(22, -height);
        Write(26, 1 | (32 << 16));
        var pixels = image.Pixels;
        var blue = image.PixelFormat == MLPixelFormat.Bgra32 ? 0 : 2;
        var background = 0;
        // White and gray are the same in either order of colors.
        fixed (byte* start = pixels)
            background = (int)Backdrop.Choose(start, pixels.Length / 4, pixels.Length / 4, 1, Backdrop.White).Red;
        for (var i = 0; i < pixels.Length; i += 4)
        {
            // Colors are premultiplied by alpha, so what shows through is simply added.
            var under = (255 - pixels[i + 3]) * background / 255;
            var to = bmp.AsSpan(HeaderLength + i, 4);
            to[0] = (byte)Math.Min(255, pixels[i + blue] + under);
            to[1] = (byte)Math.Min(255, pixels[i + 1] + under);
            to[2] = (byte)Math.Min(255, pixels[i + 2 - blue] + under);
            to[3] = 255;
        }
        return bmp;

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(at), value);
    }
}
