using System.Buffers.Binary;
using System.Text;

namespace ImageRec.Images;

/// <summary>Says what a file is that no image codec recognizes, from its first bytes.</summary>
internal static class UnknownFormat
{
    /// <summary>The bytes that are looked at: an SVG drawing may begin with a declaration and comments.</summary>
    private const int HeadBytes = 4096;
    private const string Readable = "JPEG, PNG, WebP, GIF and BMP are read";

    /// <summary>Returns the rest of a sentence that begins with the file's name.</summary>
    public static string Describe(ReadOnlySpan<byte> bytes) => Guess(bytes) switch
    {
        null when JpegFile.Read(bytes) is { } jpeg => jpeg.Unsupported is { } kind
            ? DescribeJpeg(kind)
            : "is a JPEG file that is damaged or cut off at its beginning. Copy or download it again.",
        { } known => $"is {known}; {Readable}. Convert it to JPEG, PNG or WebP first.",
        null when LooksLikeText(bytes) => $"is a text file (it begins with \"{Excerpt(bytes)}\"), not a picture; {Readable}.",
        null => $"is not a picture that can be read, or it is damaged at its beginning; {Readable}.",
    };

    /// <summary>Returns the rest of a sentence about a kind of JPEG that is not read.</summary>
    public static string DescribeJpeg(string kind) =>
        $"is {kind}; JPEG pictures of 8 bits per sample are read, baseline and progressive. Convert it first.";

    /// <summary>Returns what else it is, such as <c>a PDF document</c>; null when that is not known.</summary>
    public static string? Guess(ReadOnlySpan<byte> bytes)
    {
        if (BySignature(bytes) is { } known)
            return known;
        if (!LooksLikeText(bytes))
            return null;
        var text = Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, HeadBytes)]);
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase))
            return "an SVG drawing";
        return text.Contains("<html", StringComparison.OrdinalIgnoreCase)
            || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase) ? "a web page" : null;
    }

    /// <summary>
    /// Returns the format that the first bytes name; null when they name none. The formats that are decoded are not among them.
    /// </summary>
    public static string? BySignature(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("\0\0\0\fJXL "u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]))
            return "a JPEG XL picture";
        if (bytes.StartsWith("\0\0\0\fjP  "u8) || bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51]))
            return "a JPEG 2000 picture";
        if (bytes.Length > 12 && bytes.Slice(4, 4).SequenceEqual("ftyp"u8))
            return OfBrand(bytes);
        if (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8))
            return "a TIFF picture or a raw photo of a camera";
        if (bytes.StartsWith("%PDF"u8))
            return "a PDF document";
        if (bytes.StartsWith("8BPS"u8))
            return "a Photoshop document";
        if (bytes.StartsWith("PK\x03\x04"u8))
            return "a ZIP archive or an office document";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return "compressed by gzip, as SVG drawings named .svgz are";
        return null;
    }

    /// <summary>
    /// Returns what the container of HEIC, AVIF and videos says it holds: first the main brand, then those it is compatible with.
    /// </summary>
    private static string OfBrand(ReadOnlySpan<byte> bytes)
    {
        var size = (int)Math.Min(BinaryPrimitives.ReadUInt32BigEndian(bytes), HeadBytes);
        var brands = Encoding.ASCII.GetString(bytes[8..Math.Clamp(size, 12, bytes.Length)]);
        return brands.Contains("avif", StringComparison.Ordinal) || brands.Contains("avis", StringComparison.Ordinal) ? "an AVIF picture"
            : brands.Contains("mif1", StringComparison.Ordinal) || brands.Contains("msf1", StringComparison.Ordinal)
            || brands.StartsWith("he", StringComparison.Ordinal) ? "a HEIC photo"
            : brands.StartsWith("crx", StringComparison.Ordinal) ? "a raw photo of a camera"
            : "a video";
    }

    /// <summary>Returns whether it begins as text does.</summary>
    public static bool LooksLikeText(ReadOnlySpan<byte> bytes)
    {
        foreach (var b in bytes[..Math.Min(bytes.Length, 64)])
        {
            if (b < 0x20 && b is not ((byte)'\t' or (byte)'\n' or (byte)'\r'))
                return false;
        }
        return true;
    }

    private static string Excerpt(ReadOnlySpan<byte> bytes) =>
        Encoding.UTF8.GetString(bytes[..Math.Min(bytes.Length, 24)]).ReplaceLineEndings(" ").Trim();
}
