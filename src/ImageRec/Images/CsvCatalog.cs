using System.Text;
using CsvHelper;

namespace ImageRec.Images;

/// <summary>Reads the images that a CSV file lists.</summary>
/// <param name="givenPath">What errors call the file.</param>
/// <param name="fullPath">Its full path.</param>
/// <param name="encoding">The encoding that the caller has set, or null.</param>
internal sealed class CsvCatalog(string givenPath, string fullPath, Encoding? encoding)
{
    private readonly Lock _lock = new();
    private IReadOnlyList<string> _notes = [];

    /// <summary>Gets what the last reading assumed.</summary>
    public IReadOnlyList<string> Notes
    {
        get
        {
            lock (_lock)
                return _notes;
        }
    }

    /// <summary>Reads the rows in the file's order.</summary>
    /// <exception cref="CatalogException">
    /// No such file, a column missing, a row without id or path, an id twice; the message quotes the line.
    /// </exception>
    public IEnumerable<CatalogEntry<CatalogItem>> Read()
    {
        using var rows = CsvRows.Open(givenPath, fullPath, encoding);
        lock (_lock)
            _notes = rows.Note is { } note ? [note] : [];
        var columns = CsvColumns.From(rows.ReadHeaders(), givenPath);
        var paths = new ListedPaths(Path.GetDirectoryName(fullPath)!);
        Dictionary<string, long> lines = new(StringComparer.Ordinal);
        while (rows.Read())
        {
            var id = Required(rows, columns, columns.Id);
            var path = Required(rows, columns, columns.Path);
            var category = columns.Category is { } at ? rows.Value(at) : "";
            CheckRow(rows, columns, id, category);
            if (!lines.TryAdd(id, rows.Line))
                throw new CatalogException(
                    $"'{givenPath}', line {rows.Line}: the id '{id}' is in line {lines[id]} already; ids are unique.");
            yield return Entry(id, path, category, rows, columns, paths);
        }
        if (lines.Count == 0)
            throw new CatalogException(
                $"'{givenPath}' lists no picture: below its first line ({string.Join(", ", columns.Headers)}) there is nothing.");
    }

    private static CatalogEntry<CatalogItem> Entry(
        string id, string written, string category, CsvRows rows, CsvColumns columns, ListedPaths paths)
    {
        var (path, image) = paths.Resolve(written);
        var known = category.Length > 0 ? category : null;
        return new()
        {
            Id = id,
            Image = image,
            Category = known,
            Item = new()
            {
                Id = id,
                Category = known,
                Path = path,
                Attributes = columns.Further.ToDictionary(column => columns.Headers[column], rows.Value),
            },
        };
    }

    private string Required(CsvRows rows, CsvColumns columns, int column)
    {
        if (rows.Value(column) is var value && !string.IsNullOrWhiteSpace(value))
            return value;
        var name = columns.Headers[column];
        throw new CatalogException(column < rows.Count
            ? $"'{givenPath}', line {rows.Line}: the {name} is blank."
            : $"'{givenPath}', line {rows.Line}: the {name} is missing; the line has {rows.Count} values, the first line names "
            + $"{columns.Count} columns.");
    }

    private void CheckRow(CsvRows rows, CsvColumns columns, string id, string category)
    {
        for (var column = columns.Count; column < rows.Count; column++)
        {
            if (!string.IsNullOrWhiteSpace(rows.Value(column)))
            {
                throw new CatalogException(
                    $"'{givenPath}', line {rows.Line}: there are {rows.Count} values, but the first line names {columns.Count} columns. "
                    + "A value with separators or quotes stands in quotes, with its own quotes doubled.");
            }
        }
        foreach (var value in (ReadOnlySpan<string>)[id, category])
        {
            if (value.Contains('\uFFFD', StringComparison.Ordinal))
            {
                throw new CatalogException(
                    $"'{givenPath}', line {rows.Line}: '{value}' has lost characters (\uFFFD stands for them): an earlier program read it "
                    + "in the wrong encoding. Export the list again as CSV UTF-8.");
            }
        }
    }
}
