using System.Text;
using SkiaSharp;

namespace ImageRec.AspNetCore;

/// <summary>Looks at the first bytes of an upload and believes nothing else: not its name, not its declared type.</summary>
internal static class PictureHeader
{
    private const string Readable = "JPEG, PNG, WebP, GIF and BMP pictures are read";

    /// <summary>Makes sure that a picture may be decoded.</summary>
    /// <exception cref="Problem">Not a picture, or too many pixels.</exception>
    public static unsafe void Check(ReadOnlySpan<byte> bytes, UploadLimits limits)
    {
        fixed (byte* start = bytes)
        {
            using var data = SKData.Create((nint)start, bytes.Length);
            using var codec = SKCodec.Create(new SKMemoryStream(data), out var result);
            if (codec is null)
            {
                throw result == SKCodecResult.IncompleteInput && Guess(bytes) is null && !LooksLikeText(bytes)
                    ? Problem.DamagedPicture("The picture ends within its header: it is cut off. Send it again.")
                    : Problem.NotAPicture($"The file {Describe(bytes)}; {Readable}.");
            }
            var (width, height) = (codec.Info.Width, codec.Info.Height);
            if ((long)width * height > limits.MaxPixels)
                throw Problem.TooManyPixels(width, height, limits.MaxPixels);
        }
    }

    private static string Describe(ReadOnlySpan<byte> bytes) => Guess(bytes) switch
    {
        { } known => $"is {known}",
        null when LooksLikeText(bytes) => "is text",
        null => "is not a picture, or is damaged at its beginning",
    };

    private static string? Guess(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 12 && bytes.Slice(4, 4).SequenceEqual("ftyp"u8))
            return Encoding.ASCII.GetString(bytes.Slice(8, 4)) is "heic" or "heix" or "mif1" or "hevc" ? "a HEIC photo" : "an AVIF picture or a video";
        if (bytes.StartsWith("%PDF"u8))
            return "a PDF document";
        if (bytes.StartsWith("PK\x03\x04"u8))
            return "a ZIP archive or an office document";
        if (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8))
            return "a TIFF picture";
        var text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 512)]);
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            return "an SVG drawing, which can carry programs";
        return text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype", StringComparison.OrdinalIgnoreCase) ? "a web page" : null;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> bytes) =>
        bytes[..Math.Min(bytes.Length, 128)].IndexOfAnyInRange((byte)0x0E, (byte)0x1F) < 0 && bytes[..Math.Min(bytes.Length, 128)].IndexOf((byte)0) < 0;
}
