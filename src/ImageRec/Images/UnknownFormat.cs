using System.Text;

namespace ImageRec;

/// <summary>Says what a file is that no picture codec recognises, from its first bytes.</summary>
internal static class UnknownFormat
{
    private const string Readable = "JPEG, PNG, WebP, GIF and BMP are read";

    /// <summary>The rest of a sentence that begins with the file's name.</summary>
    public static string Describe(ReadOnlySpan<byte> bytes) => Guess(bytes) switch
    {
        { } known => $"is {known}; {Readable}. Convert it first.",
        null when LooksLikeText(bytes) => $"is a text file (it begins with \"{Excerpt(bytes)}\"), not a picture; {Readable}.",
        null => $"is not a picture that can be read, or it is damaged at its beginning; {Readable}.",
    };

    private static string? Guess(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 12 && bytes.Slice(4, 4).SequenceEqual("ftyp"u8))
        {
            var brand = Encoding.ASCII.GetString(bytes.Slice(8, 4));
            return brand switch
            {
                "heic" or "heix" or "mif1" or "hevc" => "a HEIC photo",
                "avif" or "avis" => "an AVIF picture",
                _ => "a video",
            };
        }
        if (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8))
            return "a TIFF picture";
        if (bytes.StartsWith("%PDF"u8))
            return "a PDF document";
        if (bytes.StartsWith("8BPS"u8))
            return "a Photoshop document";
        if (LooksLikeText(bytes) && Excerpt(bytes) is var text && (text.Contains("<svg", StringComparison.OrdinalIgnoreCase)))
            return "an SVG drawing";
        return null;
    }

    private static bool LooksLikeText(ReadOnlySpan<byte> bytes)
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
