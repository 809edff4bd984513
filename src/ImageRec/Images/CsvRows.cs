using System.Text;
using CsvHelper;

namespace ImageRec.Images;

/// <summary>
/// Reads the rows of a CSV file that are not blank, whatever its encoding and separator; every fault in it is a
/// <see cref="CatalogException"/> with the line.
/// </summary>
internal sealed class CsvRows : IDisposable
{
    private const int StartBytes = 65_536;
    private const int MaxRecordBytes = 16 * 1024 * 1024;

    private readonly string _givenPath;
    private readonly CsvReader _csv;
    private readonly int _linesBefore;
    private CsvMalformedRecord? _malformed;

    private CsvRows(string givenPath, Stream list, ListEncoding encoding)
    {
        (_givenPath, Note) = (givenPath, encoding.Note);
        var start = FindStart(list, encoding);
        _linesBefore = start.Lines;
        _csv = CsvReader.Create(Utf8(list, encoding), new()
        {
            Separator = start.Separator,
            DetectSeparatorHint = false,
            TrimWhitespace = true,
            TrackLineNumbers = true,
            MaxRecordSize = MaxRecordBytes,
            MalformedData = CsvMalformedDataHandling.Recover,
            // A quote inside a value that does not begin with one, such as 6" heel, is text.
            OnMalformedRecord = record => _malformed = record.Reason == CsvMalformedReason.StrayQuote ? _malformed : record,
        });
    }

    /// <summary>Gets what was assumed about the file, or null.</summary>
    public string? Note { get; }

    /// <summary>Gets the line in which the current row begins, 1-based.</summary>
    public long Line => _linesBefore + _csv.LineNumber;

    /// <summary>Gets how many values the current row has.</summary>
    public int Count => _csv.FieldCount;

    /// <summary>Opens the file and finds out its encoding.</summary>
    /// <exception cref="CatalogException">There is no such file, it cannot be read, or it is no text.</exception>
    public static CsvRows Open(string givenPath, string fullPath, Encoding? encoding)
    {
        Stream? list = null;
        try
        {
            list = Seekable(new FileStream(
                fullPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, StartBytes, FileOptions.SequentialScan));
            return new(givenPath, list, ListEncoding.Of(list, encoding, givenPath));
        }
        catch (Exception e)
        {
            list?.Dispose();
            if (e is not (IOException or UnauthorizedAccessException))
                throw;
            var reason = Directory.Exists(fullPath)
                ? $"it is a folder; for the pictures in it use {nameof(ImageCatalog)}.{nameof(ImageCatalog.FromFolder)}"
                : e is FileNotFoundException or DirectoryNotFoundException ? $"there is no such file (looked for {fullPath})"
                : e.Message.TrimEnd('.');
            throw new CatalogException($"The list of pictures '{givenPath}' cannot be read: {reason}.", e);
        }
    }

    /// <summary>Reads the names of the columns.</summary>
    public IEnumerable<string> ReadHeaders()
    {
        var headers = Guard(() => _csv.Headers.ToList());
        ThrowIfMalformed();
        return headers;
    }

    /// <summary>Goes to the next row that is not blank.</summary>
    /// <returns>False at the end.</returns>
    public bool Read()
    {
        while (Guard(_csv.Read))
        {
            ThrowIfMalformed();
            if (_csv.RawRecord.Contains((byte)0))
                throw new CatalogException($"'{_givenPath}', line {Line}: there is a character of value 0 (NUL), which no text has. Export "
                    + "the list again as CSV UTF-8.");
            for (var column = 0; column < Count; column++)
            {
                if (!string.IsNullOrWhiteSpace(Value(column)))
                    return true;
            }
        }
        ThrowIfMalformed();
        return false;
    }

    /// <summary>Returns a value of the current row; empty beyond its last.</summary>
    public string Value(int column) => _csv.GetString(column);

    public void Dispose() => _csv.Dispose();

    private static ListStart FindStart(Stream list, ListEncoding encoding)
    {
        list.Position = encoding.Preamble;
        var bytes = new byte[StartBytes];
        var read = list.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        // A character cut in two at the end does not matter here.
        var lenient = (Encoding)encoding.Encoding.Clone();
        lenient.DecoderFallback = DecoderFallback.ReplacementFallback;
        var text = lenient.GetString(bytes, 0, read);
        var start = ListStart.Find(text);
        list.Position = encoding.Preamble + encoding.Encoding.GetByteCount(text.AsSpan(0, start.Characters));
        return start;
    }

    private static Stream Utf8(Stream list, ListEncoding encoding) =>
        encoding.Encoding is UTF8Encoding ? list : Encoding.CreateTranscodingStream(list, encoding.Encoding, Encoding.UTF8);

    /// <summary>Returns the file, or a copy of a pipe, which can be read only once; finding the encoding reads it first.</summary>
    private static Stream Seekable(FileStream file)
    {
        if (file.CanSeek)
            return file;
        using (file)
        {
            var copy = new MemoryStream();
            file.CopyTo(copy);
            copy.Position = 0;
            return copy;
        }
    }

    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (CsvFormatException e)
        {
            throw new CatalogException($"'{_givenPath}', line {_linesBefore + e.LineNumber}: {e.Message}", e);
        }
        catch (DecoderFallbackException e)
        {
            throw new CatalogException($"'{_givenPath}', after line {Line}: {e.Message} Export the list again as CSV UTF-8.", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException($"The list of pictures '{_givenPath}' cannot be read: {e.Message}", e);
        }
    }

    private void ThrowIfMalformed()
    {
        if (_malformed is not { } record)
            return;
        throw new CatalogException(
            $"'{_givenPath}', line {_linesBefore + record.LineNumber}: " + (record.Reason == CsvMalformedReason.UnterminatedQuote
            ? "a quote is opened and never closed."
            : "there is text behind the quote that ends a value.")
            + " A value that begins with a quote ends with one, and has its own quotes doubled.");
    }
}
