using System.Buffers.Binary;
using Microsoft.ML.Data;

namespace ImageRec.MachineLearning;

/// <summary>Pictures as ML.NET holds them.</summary>
internal static class MLImages
{
    private const int HeaderLength = 54;

    /// <summary>Writes the pixels as an uncompressed BMP file, composited on white.</summary>
    public static byte[] ToBmp(MLImage image)
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
        for (var i = 0; i < pixels.Length; i += 4)
        {
            // Colours are premultiplied by alpha, so white is simply added.
            var white = 255 - pixels[i + 3];
            var to = bmp.AsSpan(HeaderLength + i, 4);
            to[0] = (byte)Math.Min(255, pixels[i + blue] + white);
            to[1] = (byte)Math.Min(255, pixels[i + 1] + white);
            to[2] = (byte)Math.Min(255, pixels[i + 2 - blue] + white);
            to[3] = 255;
        }
        return bmp;

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(at), value);
    }
}
