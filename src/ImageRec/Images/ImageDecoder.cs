using System.Buffers;
using System.Runtime.CompilerServices;
using SkiaSharp;
using static System.FormattableString;

namespace ImageRec.Images;

/// <summary>Decodes images: for networks, thumbnails, reports and ML.NET alike.</summary>
/// <remarks>
/// Skia's codecs decode, large JPEG and WebP photos at a fraction of their size; the resize is our own, because Skia's own samples without
/// anti-aliasing. Colors are converted to sRGB, alpha is composited on a background (<see cref="Backdrop"/>), EXIF orientation is applied,
/// of an animation the first frame is decoded.
/// </remarks>
internal static class ImageDecoder
{
    /// <summary>
    /// Names the decoding in fingerprints; changed whenever a file that was decoded correctly would decode to other pixels.
    /// </summary>
    public const string Version = "decode-1";

    /// <summary>The longest side in pixels: what JPEG can hold.</summary>
    public const int MaxSide = 65_535;

    private static readonly SKColorSpace s_srgb = SKColorSpace.CreateSrgb();

    /// <summary>Decodes one image into the input tensor of a network.</summary>
    /// <param name="encoded">The bytes of the file.</param>
    /// <param name="name">What errors call the image.</param>
    /// <param name="limits">Checked before anything is decoded.</param>
    /// <param name="format">The tensor wanted.</param>
    /// <param name="tensor">format.Length values, overwritten.</param>
    /// <param name="region">Which part of the image; null for all.</param>
    /// <exception cref="UnreadableImageException">Not an image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImageLibraryException">SkiaSharp cannot be used in this app.</exception>
    public static void Decode(
        ReadOnlySpan<byte> encoded, string name, ImageLimits limits, TensorFormat format, Span<float> tensor, ImageRegion? region = null)
    {
        var image = Decode(encoded, name, limits, (_, _) => (format.Width, format.Height), format.Fit, format.Background, region);
        try
        {
            if (format.TrimMargins)
                image = Trim(image, encoded, name, limits, format, region);
            Resize(image, format, tensor);
        }
        finally
        {
            image.Dispose();
        }
    }

    /// <summary>Narrows the part that is wanted to what is inside the margins.</summary>
    /// <returns>The image, or another in its place, decoded larger because so little of it is left.</returns>
    private static DecodedPixels Trim(
        DecodedPixels image, ReadOnlySpan<byte> encoded, string name, ImageLimits limits, TensorFormat format, ImageRegion? region)
    {
        if (Margins.Find(image) is not { } inside)
            return image;
        if (image.IsReduced)
        {
            var whole = image.Part;
            var (growX, growY) = image.Orientation.Swap(
                (whole.Width * 100 / inside.Width, whole.Height * 100 / inside.Height));
            var larger = (Width: format.Width * growX / 100, Height: format.Height * growY / 100);
            image.Dispose();
            image = Decode(encoded, name, limits, (_, _) => larger, format.Fit, format.Background, region);
            if (Margins.Find(image) is not { } finer)
                return image;
            inside = finer;
        }
        image.Part = inside;
        return image;
    }

    /// <summary>Decodes one image, no smaller than it will be resized to.</summary>
    /// <param name="encoded">The bytes of the file.</param>
    /// <param name="name">What errors call the image.</param>
    /// <param name="limits">Checked before anything is decoded.</param>
    /// <param name="target">Returns the size it will be resized to for the width and height of the upright image, or of its part.</param>
    /// <param name="fit">How it will be fitted.</param>
    /// <param name="background">For transparent parts.</param>
    /// <param name="region">Which part of the image; null for all.</param>
    /// <exception cref="UnreadableImageException">Not an image, damaged, or beyond the limits.</exception>
    /// <exception cref="ImageLibraryException">SkiaSharp cannot be used in this app.</exception>
    public static DecodedPixels Decode(
        ReadOnlySpan<byte> encoded, string name, ImageLimits limits, Func<int, int, (int Width, int Height)> target, ImageFit fit,
        RgbValues background, ImageRegion? region = null)
    {
        if (encoded.Length > limits.MaxBytes)
            throw new UnreadableImageException(
                Invariant($"'{name}' has {encoded.Length:N0} bytes; at most {limits.MaxBytes:N0} are read."));
        try
        {
            return DecodeBySkia(encoded, name, limits, target, fit, background, region);
        }
        catch (Exception e) when (SkiaLibrary.IsAtFault(e))
        {
            throw SkiaLibrary.Error(e);
        }
    }

    // Apart, so that what SkiaSharp lacks is missed within the other's try.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe DecodedPixels DecodeBySkia(
        ReadOnlySpan<byte> encoded, string name, ImageLimits limits, Func<int, int, (int Width, int Height)> target, ImageFit fit,
        RgbValues background, ImageRegion? region)
    {
        fixed (byte* start = encoded)
        {
            using var codec = SkiaLibrary.Open(start, encoded.Length, out _)
                ?? throw new UnreadableImageException($"'{name}' {UnknownFormat.Describe(encoded)}");
            var (width, height) = (codec.Info.Width, codec.Info.Height);
            if ((long)width * height > limits.MaxPixels || Math.Max(width, height) > MaxSide)
                throw new UnreadableImageException(
                    Invariant($"'{name}' is {width:N0} x {height:N0} pixels; at most {limits.MaxPixels:N0} pixels and {MaxSide:N0} per ")
                    + "side are decoded.");

            var orientation = Orientation.From(ExifOrientation.Find(encoded, codec.EncodedFormat) ?? codec.EncodedOrigin);
            var stored = region?.Stored(orientation);
            var part = PartOf(stored, width, height);
            var upright = orientation.Swap((part.Width, part.Height));
            var (targetWidth, targetHeight) = orientation.Swap(target(upright.Width, upright.Height));
            var info = ScaledInfo(codec, stored, targetWidth, targetHeight, fit);
            var image = new DecodedPixels(info.Width, info.Height, orientation) 
            {
                Part = PartOf(stored, info.Width, info.Height),
                IsReduced = info.Width < width,
            };
            try
            {
                var result = codec.GetPixels(info, (nint)image.Pixels);
                // Skia of SkiaSharp 4 shows what there is of an image whose later scans are cut off, and calls that a success.
                if (result == SKCodecResult.Success && codec.EncodedFormat == SKEncodedImageFormat.Jpeg
                    && JpegFile.Read(encoded, toOnlyScan: true) is { HasSeveralScans: true, HasEnd: false })
                    result = SKCodecResult.IncompleteInput;
                if (result != SKCodecResult.Success
                    && !(codec.EncodedFormat == SKEncodedImageFormat.Jpeg && JpegEnd.TryDecode(encoded, info, image.Pixels)))
                    throw new UnreadableImageException($"'{name}' {Describe(result, codec.EncodedFormat, encoded)}");
                image.Background = info.IsOpaque ? background : ChooseBackdrop(image, background);
                return image;
            }
            catch
            {
                image.Dispose();
                throw;
            }
        }
    }

    /// <summary>Resizes and composites a decoded image.</summary>
    /// <param name="image">The image.</param>
    /// <param name="format">The tensor wanted.</param>
    /// <param name="tensor">format.Length values, overwritten.</param>
    public static unsafe void Resize(DecodedPixels image, TensorFormat format, Span<float> tensor)
    {
        var (targetWidth, targetHeight) = image.Orientation.Swap((format.Width, format.Height));
        var part = image.Part;
        var window = FitWindow.Plan(part.Width, part.Height, targetWidth, targetHeight, format.Fit);
        var resized = ArrayPool<float>.Shared.Rent(window.Width * window.Height * 4);
        try
        {
            Resampler.Resize(image.PartPixels, image.Width, part.Width, part.Height, window, resized);
            format.Write(resized, window.Width, window.Height, image.Orientation, tensor, image.Background);
        }
        finally
        {
            ArrayPool<float>.Shared.Return(resized);
        }
    }

    /// <summary>
    /// Returns the smallest size the codec can decode to that has at least one source pixel for each pixel of the target.
    /// </summary>
    private static SKImageInfo ScaledInfo(SKCodec codec, ImageRegion? stored, int targetWidth, int targetHeight, ImageFit fit)
    {
        var size = codec.Info.Size;
        for (var eighths = 1; eighths < 8; eighths++)
        {
            var scaled = codec.GetScaledDimensions(eighths / 8f);
            if (scaled.Width < 1 || scaled.Height < 1 || scaled.Width > size.Width || scaled.Height > size.Height)
                continue;
            var part = PartOf(stored, scaled.Width, scaled.Height);
            var window = FitWindow.Plan(part.Width, part.Height, targetWidth, targetHeight, fit);
            if (window.SourceWidth >= window.Width && window.SourceHeight >= window.Height)
            {
                size = scaled;
                break;
            }
        }
        var alpha = codec.Info.AlphaType == SKAlphaType.Opaque ? SKAlphaType.Opaque : SKAlphaType.Premul;
        return new(size.Width, size.Height, SKColorType.Rgba8888, alpha, s_srgb);
    }

    private static unsafe RgbValues ChooseBackdrop(DecodedPixels image, RgbValues wanted) =>
        Backdrop.Choose(image.PartPixels, image.Width, image.Part.Width, image.Part.Height, wanted);

    private static PixelArea PartOf(ImageRegion? stored, int width, int height) =>
        stored?.On(width, height) ?? new(0, 0, width, height);

    private static string Describe(SKCodecResult result, SKEncodedImageFormat format, ReadOnlySpan<byte> encoded)
    {
        var jpeg = format == SKEncodedImageFormat.Jpeg ? JpegFile.Read(encoded) : null;
        if (jpeg?.Unsupported is { } kind)
            return UnknownFormat.DescribeJpeg(kind);
        if (result == SKCodecResult.IncompleteInput || jpeg is { HasEnd: false })
            return $"ends before its last line: the {format} file is cut off. Copy or download it again.";
        return result is SKCodecResult.ErrorInInput or SKCodecResult.InvalidInput
            ? $"is damaged: the {format} data cannot be decoded."
            : $"cannot be decoded as {format} ({result}).";
    }
}
