using System.Runtime.InteropServices;
using Microsoft.ML.Data;
using SkiaSharp;
using static System.FormattableString;

namespace ImageRec.MachineLearning;

/// <summary>The pixels of a picture in its own size: upright, sRGB, on white.</summary>
/// <param name="width">Upright columns.</param>
/// <param name="height">Upright rows.</param>
/// <param name="pixels">height x width x 4 bytes: blue, green, red, 255.</param>
internal sealed class DecodedPicture(int width, int height, byte[] pixels)
{
    private static readonly SKColorSpace s_srgb = SKColorSpace.CreateSrgb();

    /// <param name="encoded">The bytes of the file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="limits">Checked before anything is decoded.</param>
    /// <exception cref="UnreadableImageException">Not a picture, damaged, or beyond the limits.</exception>
    public static unsafe DecodedPicture Decode(ReadOnlySpan<byte> encoded, string name, ImageLimits limits)
    {
        fixed (byte* start = encoded)
        {
            using var data = SKData.Create((nint)start, encoded.Length);
            using var codec = SKCodec.Create(data) ?? throw new UnreadableImageException($"'{name}' {UnknownFormat.Describe(encoded)}");
            var (width, height) = (codec.Info.Width, codec.Info.Height);
            if ((long)width * height > Math.Min(limits.MaxPixels, Array.MaxLength / 4))
                throw new UnreadableImageException(Invariant($"'{name}' is {width:N0} x {height:N0} pixels; at most {limits.MaxPixels:N0} are decoded."));
            var stored = new byte[width * height * 4];
            fixed (byte* pixels = stored)
            {
                var result = codec.GetPixels(new SKImageInfo(width, height, SKColorType.Bgra8888, SKAlphaType.Premul, s_srgb), (nint)pixels);
                if (result != SKCodecResult.Success)
                    throw new UnreadableImageException($"'{name}' cannot be decoded as {codec.EncodedFormat}: {result}. Copy or download it again.");
            }
            return Upright(stored, width, height, Orientation.From(codec.EncodedOrigin));
        }
    }

    public MLImage ToMLImage() => MLImage.CreateFromPixels(width, height, MLPixelFormat.Bgra32, pixels);

    private static DecodedPicture Upright(byte[] stored, int width, int height, Orientation orientation)
    {
        foreach (ref var pixel in MemoryMarshal.Cast<byte, uint>(stored.AsSpan()))
            pixel = OnWhite(pixel);
        if (orientation == default)
            return new DecodedPicture(width, height, stored);
        var turned = new byte[stored.Length];
        var from = MemoryMarshal.Cast<byte, uint>(stored.AsSpan());
        var to = MemoryMarshal.Cast<byte, uint>(turned.AsSpan());
        var (uprightWidth, uprightHeight) = orientation.SwapsAxes ? (height, width) : (width, height);
        for (var line = 0; line < height; line++)
        {
            var (x, y, stepX, stepY) = orientation.Line(line, width, height);
            for (var i = 0; i < width; i++, x += stepX, y += stepY)
                to[(y * uprightWidth) + x] = from[(line * width) + i];
        }
        return new DecodedPicture(uprightWidth, uprightHeight, turned);
    }

    /// <summary>Colours are premultiplied by alpha, so white is added in every channel, without carrying over.</summary>
    private static uint OnWhite(uint pixel)
    {
        var white = 255 - (pixel >> 24);
        return white == 0 ? pixel : pixel + (white * 0x01010101);
    }
}
