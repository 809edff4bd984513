using CsvHelper;

namespace ImageRec;

/// <summary>Reads the pictures that a CSV file lists.</summary>
internal static class CsvCatalog
{
    private static readonly CsvReaderOptions s_options = new()
    {
        TrimWhitespace = true,
        TrackLineNumbers = true,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Throw,
    };

    /// <summary>The rows in the file's order.</summary>
    /// <param name="givenPath">What errors call the file.</param>
    /// <param name="fullPath">Its full path.</param>
    /// <exception cref="CatalogException">No such file, a column missing, a row without id or path, an id twice; the message quotes the line.</exception>
    public static IEnumerable<CatalogEntry<CatalogItem>> Read(string givenPath, string fullPath)
    {
        using var csv = Open(givenPath, fullPath);
        var columns = CsvColumns.Read(csv, givenPath);
        var folder = Path.GetDirectoryName(fullPath)!;
        Dictionary<string, long> lines = [];
        while (Advance(csv, givenPath))
        {
            var id = Required(csv, columns.Id, "id", givenPath);
            var path = Required(csv, columns.Path, "path", givenPath);
            if (!lines.TryAdd(id, csv.LineNumber))
                throw new CatalogException($"'{givenPath}', line {csv.LineNumber}: the id '{id}' is in line {lines[id]} already; ids are unique.");
            yield return Entry(id, Path.GetFullPath(path, folder), csv, columns);
        }
        if (lines.Count == 0)
            throw new CatalogException($"'{givenPath}' lists no picture: below its first line ({string.Join(", ", columns.Headers)}) there is nothing.");
    }

    private static CatalogEntry<CatalogItem> Entry(string id, string path, CsvReader csv, CsvColumns columns)
    {
        var category = columns.Category is { } at && !csv.IsEmpty(at) ? csv.GetString(at) : null;
        return new()
        {
            Id = id,
            Image = ImageSource.FromFile(path),
            Category = category,
            Item = new()
            {
                Id = id,
                Category = category,
                Path = path,
                Attributes = columns.Further.ToDictionary(column => columns.Headers[column], column => csv.GetString(column)),
            },
        };
    }

    private static CsvReader Open(string givenPath, string fullPath)
    {
        try
        {
            return CsvReader.FromFile(fullPath, s_options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            var reason = Directory.Exists(fullPath) ? $"it is a folder; for the pictures in it use {nameof(ImageCatalog)}.{nameof(ImageCatalog.FromFolder)}"
                : e is FileNotFoundException or DirectoryNotFoundException ? $"there is no such file (looked for {fullPath})"
                : e.Message;
            throw new CatalogException($"The list of pictures '{givenPath}' cannot be read: {reason}.", e);
        }
    }

    private static bool Advance(CsvReader csv, string givenPath)
    {
        try
        {
            return csv.Read();
        }
        catch (CsvFormatException e)
        {
            throw new CatalogException(
                $"'{givenPath}', line {e.LineNumber}: {e.Message} Each line needs as many values as the first; a value with separators or quotes stands in quotes, with its own quotes doubled.", e);
        }
    }

    private static string Required(CsvReader csv, int column, string name, string givenPath) =>
        csv.GetString(column) is { Length: > 0 } value ? value : throw new CatalogException($"'{givenPath}', line {csv.LineNumber}: the {name} is blank.");
}
