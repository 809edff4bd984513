using ImageRec.Images;
using Microsoft.ML.Data;

namespace ImageRec.ML.Features;

/// <summary>Holds the pixels of an image in its own size: upright, sRGB, on its background.</summary>
/// <param name="width">Upright columns.</param>
/// <param name="height">Upright rows.</param>
/// <param name="pixels">height x width x 4 bytes: blue, green, red, 255.</param>
internal sealed class DecodedPicture(int width, int height, byte[] pixels)
{
    /// <summary>Decodes an image.</summary>
    /// <param name="encoded">The bytes of the file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="limits">Checked before anything is decoded.</param>
    /// <exception cref="UnreadableImageException">Not an image, damaged, or beyond the limits.</exception>
    public static DecodedPicture Decode(ReadOnlySpan<byte> encoded, string name, ImageLimits limits)
    {
        limits = new ImageLimits { MaxBytes = limits.MaxBytes, MaxPixels = Math.Min(limits.MaxPixels, Array.MaxLength / 4) };
        using var stored = ImageDecoder.Decode(encoded, name, limits, (width, height) => (width, height), ImageFit.Stretch, Backdrop.White);
        return Upright(stored);
    }

    /// <summary>Copies the pixels for ML.NET.</summary>
    public MLImage ToMLImage() => MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);

    private static unsafe DecodedPicture Upright(DecodedPixels stored)
    {
        var (uprightWidth, uprightHeight) = stored.Orientation.Swap((stored.Width, stored.Height));
        var turned = new byte[uprightWidth * uprightHeight * 4];
        var (red, green, blue) = ((int)stored.Background.Red, (int)stored.Background.Green, (int)stored.Background.Blue);
        var from = stored.Pixels;
        for (var line = 0; line < stored.Height; line++)
        {
            var (x, y, stepX, stepY) = stored.Orientation.Line(line, stored.Width, stored.Height);
            for (var i = 0; i < stored.Width; i++, x += stepX, y += stepY, from += 4)
            {
                var to = turned.AsSpan(((y * uprightWidth) + x) * 4, 4);
                // Colors are premultiplied by alpha, so what shows through is simply added.
                var clear = 255 - from[3];
                to[0] = (byte)Math.Min(255, from[2] + clear * blue / 255);
                to[1] = (byte)Math.Min(255, from[1] + clear * green / 255);
                to[2] = (byte)Math.Min(255, from[0] + clear * red / 255);
                to[3] = 255;
            }
        }
        return new DecodedPicture(uprightWidth, uprightHeight, turned);
    }
}
