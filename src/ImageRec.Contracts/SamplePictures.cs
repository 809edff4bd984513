using System.Buffers.Binary;

namespace ImageRec.Contracts;

/// <summary>Makes images to try components on, written as uncompressed BMP so that they need no codec.</summary>
public static class SamplePictures
{
    private const int HeaderLength = 54;

    /// <summary>Draws another image for each number: a gradient with a disc.</summary>
    /// <param name="number">Any number.</param>
    /// <param name="width">1 or more.</param>
    /// <param name="height">1 or more.</param>
    public static ImageSource Drawn(int number, int width = 40, int height = 30) => ImageSource.FromBytes(
        Bmp(width, height, (x, y) =>
        {
            var (dx, dy) = (x - (number * 7 % width), y - (number * 5 % height));
            return (dx * dx) + (dy * dy) < 64
                ? ((byte)(number * 53), (byte)(255 - (number * 31)), (byte)(number * 97))
                : ((byte)(x * 255 / width), (byte)(y * 255 / height), (byte)(number * 29));
        }),
        $"drawn {number}");

    /// <summary>Gets a file that is not an image.</summary>
    public static ImageSource Text => ImageSource.FromBytes("This is not an image."u8.ToArray(), "text.jpg");

    /// <summary>Draws an image as the bytes of a 24-bit BMP file.</summary>
    /// <param name="width">1 or more.</param>
    /// <param name="height">1 or more.</param>
    /// <param name="color">Red, green, blue of the pixel at x from the left, y from the top.</param>
    public static byte[] Bmp(int width, int height, Func<int, int, (byte Red, byte Green, byte Blue)> color)
    {
        var stride = ((width * 3) + 3) / 4 * 4;
        var bytes = new byte[HeaderLength + (stride * height)];
        "BM"u8.CopyTo(bytes);
        Write(2, bytes.Length);
        Write(10, HeaderLength);
        Write(14, 40);
        Write(18, width);
        Write(22, height);
        Write(26, 1 | (24 << 16));
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (red, green, blue) = color(x, y);
                var at = HeaderLength + ((height - 1 - y) * stride) + (x * 3);
                (bytes[at], bytes[at + 1], bytes[at + 2]) = (blue, green, red);
            }
        }
        return bytes;

        void Write(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
    }
}
