using System.Buffers;
using System.Text;

namespace ImageRec.Images;

/// <summary>Distinguishes UTF-8 from Windows-1252, which Excel writes unless UTF-8 is chosen.</summary>
internal static class ByteEncodings
{
    /// <summary>The bytes to which Windows-1252 assigns no character.</summary>
    private static readonly SearchValues<byte> s_undefined = SearchValues.Create([0x81, 0x8D, 0x8F, 0x90, 0x9D]);

    /// <summary>Returns Windows-1252 when the bytes can only be that, null when they are UTF-8.</summary>
    /// <param name="list">Read from its position to its end.</param>
    /// <param name="givenPath">What errors call the list.</param>
    /// <param name="mustBeUtf8">Whether the list was declared to be UTF-8.</param>
    /// <exception cref="CatalogException">They are neither: damaged UTF-8, another encoding, or no text.</exception>
    public static Encoding? Find(Stream list, string givenPath, bool mustBeUtf8)
    {
        var buffer = new byte[65536];
        var (kept, line, endsInReturn) = (0, 1L, false);
        var (isUtf8, invalidLine) = (mustBeUtf8, 0L);
        while (true)
        {
            var read = list.Read(buffer, kept, buffer.Length - kept);
            var bytes = buffer.AsSpan(0, kept + read);
            while (!bytes.IsEmpty)
            {
                var plain = bytes.IndexOfAnyExceptInRange((byte)1, (byte)127);
                line += LineEnds(plain < 0 ? bytes : bytes[..plain], ref endsInReturn);
                bytes = plain < 0 ? [] : bytes[plain..];
                if (bytes.IsEmpty)
                    break;
                if (bytes[0] == 0)
                    throw new CatalogException($"'{givenPath}', line {line}: there is a character of value 0 (NUL), which no text has. "
                        + "Export the list again as CSV UTF-8.");
                var status = Rune.DecodeFromUtf8(bytes, out _, out var length);
                if (status == OperationStatus.NeedMoreData && read > 0)
                    break;
                if (status == OperationStatus.Done)
                    isUtf8 = true;
                else if (invalidLine == 0)
                    invalidLine = line;
                if (invalidLine > 0 && (isUtf8 || status != OperationStatus.Done && bytes[..length].ContainsAny(s_undefined)))
                {
                    throw new CatalogException(
                        $"'{givenPath}', line {invalidLine}: this is not "
                        + $"UTF-8{(isUtf8 ? ", although other parts are" : " and not Windows-1252")}. "
                        + $"Export the list again as CSV UTF-8, or set {nameof(CsvOptions)}.{nameof(CsvOptions.Encoding)}.");
                }
                bytes = bytes[length..];
            }
            if (read == 0)
                return invalidLine > 0 ? CodePagesEncodingProvider.Instance.GetEncoding(1252) : null;
            bytes.CopyTo(buffer);
            kept = bytes.Length;
        }
    }

    /// <summary>Counts LF, CR and CR LF, the last also when it comes in two parts.</summary>
    private static int LineEnds(ReadOnlySpan<byte> ascii, ref bool endsInReturn)
    {
        if (ascii.IsEmpty)
        {
            endsInReturn = false;
            return 0;
        }
        var ends = ascii.Count((byte)'\n') + ascii.Count((byte)'\r') - ascii.Count("\r\n"u8) - (endsInReturn && ascii[0] == '\n' ? 1 : 0);
        endsInReturn = ascii[^1] == '\r';
        return ends;
    }
}
