using System.Text;

namespace ImageRec.Images;

/// <summary>Holds the encoding of a list of images.</summary>
/// <param name="Encoding">Throws on bytes that are not of it.</param>
/// <param name="Preamble">Bytes of the byte order mark; 0 when there is none.</param>
/// <param name="Note">What was assumed, a sentence to show; null when nothing was.</param>
internal sealed record ListEncoding(Encoding Encoding, int Preamble = 0, string? Note = null)
{
    private const int SampleBytes = 4096;

    private static readonly (byte[] Mark, Encoding Encoding)[] s_marks =
    [
        ([0xEF, 0xBB, 0xBF], new UTF8Encoding(false, throwOnInvalidBytes: true)),
        ([0xFF, 0xFE, 0, 0], new UTF32Encoding(bigEndian: false, byteOrderMark: false, throwOnInvalidCharacters: true)),
        ([0, 0, 0xFE, 0xFF], new UTF32Encoding(bigEndian: true, byteOrderMark: false, throwOnInvalidCharacters: true)),
        ([0xFF, 0xFE], new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true)),
        ([0xFE, 0xFF], new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true)),
    ];

    /// <summary>Finds the encoding, reading the whole list where necessary.</summary>
    /// <param name="list">Read from its beginning; its position afterwards is anywhere.</param>
    /// <param name="declared">The encoding that the caller has set, or null.</param>
    /// <param name="givenPath">What errors call the list.</param>
    /// <exception cref="CatalogException">It is not text, or of no encoding that can be found out.</exception>
    public static ListEncoding Of(Stream list, Encoding? declared, string givenPath)
    {
        var buffer = new byte[SampleBytes];
        var start = buffer.AsSpan(0, list.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false));
        if (NotText(start) is { } other)
            throw new CatalogException($"'{givenPath}' is {other}, not a list of pictures as text. Save the list as CSV UTF-8.");
        var preamble = 0;
        foreach (var (mark, encoding) in s_marks)
        {
            if (!start.StartsWith(mark))
                continue;
            (declared, preamble) = (encoding, mark.Length);
            break;
        }
        if ((declared ?? Utf16(start)) is { } known and not UTF8Encoding)
            return new(Strict(known), preamble);
        list.Position = 0;
        return ByteEncodings.Find(list, givenPath, mustBeUtf8: declared is not null) is { } assumed
            ? new(assumed, Note: $"'{givenPath}' is not UTF-8; it was read as Windows-1252. Save it as CSV UTF-8, or set "
            + $"{nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)}.")
            : new(s_marks[0].Encoding, preamble);
    }

    private static Encoding Strict(Encoding declared)
    {
        var strict = (Encoding)declared.Clone();
        strict.DecoderFallback = DecoderFallback.ExceptionFallback;
        return strict;
    }

    /// <summary>Recognizes UTF-16: separators, digits and Latin letters have a zero byte in UTF-16, always on the same side.</summary>
    private static Encoding? Utf16(ReadOnlySpan<byte> start)
    {
        Span<int> zeros = [0, 0];
        for (var at = 0; at < start.Length; at++)
            zeros[at & 1] += start[at] == 0 ? 1 : 0;
        var enough = start.Length / 16;
        if (start.Length < 4 || Math.Max(zeros[0], zeros[1]) <= enough || Math.Min(zeros[0], zeros[1]) > 0)
            return null;
        return s_marks[zeros[1] > 0 ? 3 : 4].Encoding;
    }

    private static string? NotText(ReadOnlySpan<byte> start) =>
        start.StartsWith("PK\x3\x4"u8) ? "a spreadsheet file (such as .xlsx or .ods) or another zip file"
        : start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]) ? "an old Excel workbook (.xls)"
        : start.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]) ? "a file compressed by gzip"
        : UnknownFormat.BySignature(start);
}
