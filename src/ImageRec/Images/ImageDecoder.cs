using System.Buffers;
using System.Runtime.InteropServices;
using SkiaSharp;
using static System.FormattableString;

namespace ImageRec;

/// <summary>Decodes pictures straight into the input tensor of a network.</summary>
/// <remarks>
/// Skia's codecs decode, large JPEG and WebP photos at a fraction of their size; the resize is ours, because Skia's own samples without
/// anti-aliasing. Colours are converted to sRGB, alpha is composited on white, EXIF orientation is applied, an animation gives its first frame.
/// </remarks>
internal static class ImageDecoder
{
    /// <summary>Names the decoding in fingerprints; changed whenever the same file would give other numbers.</summary>
    public const string Version = "decode-1";

    /// <summary>Longest side in pixels: what JPEG can hold.</summary>
    public const int MaxSide = 65_535;

    private const long LargePixels = 16_000_000;
    private static readonly Lock s_large = new();
    private static readonly SKColorSpace s_srgb = SKColorSpace.CreateSrgb();

    /// <summary>Decodes one picture.</summary>
    /// <param name="encoded">The bytes of the file.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="limits">Checked before anything is decoded.</param>
    /// <param name="format">The tensor wanted.</param>
    /// <param name="tensor">format.Length numbers, overwritten.</param>
    /// <exception cref="UnreadableImageException">Not a picture, damaged, or beyond the limits.</exception>
    public static unsafe void Decode(ReadOnlySpan<byte> encoded, string name, ImageLimits limits, TensorFormat format, Span<float> tensor)
    {
        if (encoded.Length > limits.MaxBytes)
            throw new UnreadableImageException(Invariant($"'{name}' has {encoded.Length:N0} bytes; at most {limits.MaxBytes:N0} are read."));
        fixed (byte* start = encoded)
        {
            using var data = SKData.Create((nint)start, encoded.Length);
            using var codec = SKCodec.Create(data) ?? throw new UnreadableImageException($"'{name}' {UnknownFormat.Describe(encoded)}");
            var (width, height) = (codec.Info.Width, codec.Info.Height);
            if ((long)width * height > limits.MaxPixels || Math.Max(width, height) > MaxSide)
                throw new UnreadableImageException(
                    Invariant($"'{name}' is {width:N0} x {height:N0} pixels; at most {limits.MaxPixels:N0} pixels and {MaxSide:N0} a side are decoded."));

            var orientation = Orientation.From(codec.EncodedOrigin);
            var (targetWidth, targetHeight) = orientation.SwapsAxes ? (format.Height, format.Width) : (format.Width, format.Height);
            var info = ScaledInfo(codec, targetWidth, targetHeight, format.Fit);
            if ((long)info.Width * info.Height <= LargePixels)
            {
                Decode(codec, info, name, orientation, format, tensor);
                return;
            }
            // One at a time, so that memory does not grow with the number of threads.
            lock (s_large)
                Decode(codec, info, name, orientation, format, tensor);
        }
    }

    private static unsafe void Decode(SKCodec codec, SKImageInfo info, string name, Orientation orientation, TensorFormat format, Span<float> tensor)
    {
        var pixels = NativeMemory.Alloc((nuint)info.BytesSize64);
        try
        {
            var result = codec.GetPixels(info, (nint)pixels);
            if (result != SKCodecResult.Success)
                throw new UnreadableImageException($"'{name}' {Describe(result, codec.EncodedFormat)}");

            var (targetWidth, targetHeight) = orientation.SwapsAxes ? (format.Height, format.Width) : (format.Width, format.Height);
            var window = FitWindow.Plan(info.Width, info.Height, targetWidth, targetHeight, format.Fit);
            var resized = ArrayPool<float>.Shared.Rent(window.Width * window.Height * 4);
            Resampler.Resize((byte*)pixels, info.Width, info.Height, window, resized);
            format.Write(resized, window.Width, window.Height, orientation, tensor);
            ArrayPool<float>.Shared.Return(resized);
        }
        finally
        {
            NativeMemory.Free(pixels);
        }
    }

    /// <summary>The smallest size the codec can decode to that still gives the target a source pixel or more for each of its own.</summary>
    private static SKImageInfo ScaledInfo(SKCodec codec, int targetWidth, int targetHeight, ImageFit fit)
    {
        var size = codec.Info.Size;
        for (var eighths = 1; eighths < 8; eighths++)
        {
            var scaled = codec.GetScaledDimensions(eighths / 8f);
            if (scaled.Width < 1 || scaled.Height < 1 || scaled.Width > size.Width || scaled.Height > size.Height)
                continue;
            var window = FitWindow.Plan(scaled.Width, scaled.Height, targetWidth, targetHeight, fit);
            if (window.SourceWidth >= window.Width && window.SourceHeight >= window.Height)
            {
                size = scaled;
                break;
            }
        }
        var alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        return new(size.Width, size.Height, SKColorType.Rgba8888, alpha, s_srgb);
    }

    private static string Describe(SKCodecResult result, SKEncodedImageFormat format) => result switch
    {
        SKCodecResult.IncompleteInput => $"ends before its last line: the {format} file is cut off. Copy or download it again.",
        SKCodecResult.ErrorInInput => $"is damaged: the {format} data cannot be decoded.",
        _ => $"cannot be decoded as {format} ({result}).",
    };
}
