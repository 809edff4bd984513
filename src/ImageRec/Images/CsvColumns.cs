namespace ImageRec.Images;

/// <summary>Says which column of a CSV file holds what.</summary>
/// <param name="Headers">Every column's name; blank for one without.</param>
/// <param name="Id">The column of ids.</param>
/// <param name="Path">The column of image paths.</param>
/// <param name="Category">The column of categories, or null.</param>
/// <param name="Further">The other columns that have a name.</param>
internal sealed record CsvColumns(IReadOnlyList<string> Headers, int Id, int Path, int? Category, IReadOnlyList<int> Further)
{
    public const string IdName = "id";
    public const string PathName = "path";

    /// <summary>Gets the number of columns up to the last that has a name; spreadsheets leave blank ones after it.</summary>
    public int Count { get; } = Headers.Count;

    /// <summary>Sorts the columns by their names.</summary>
    /// <exception cref="CatalogException">A column is missing or there twice; the message lists those there are.</exception>
    public static CsvColumns From(IEnumerable<string> written, string givenPath)
    {
        List<string> headers = [.. written.Select(ListStart.ColumnName)];
        while (headers.Count > 0 && headers[^1].Length == 0)
            headers.RemoveAt(headers.Count - 1);
        if (headers.Count == 0)
            throw new CatalogException($"'{givenPath}' is empty; its first line must name the columns id and path, and may name category.");
        var named = headers.Where(header => header.Length > 0).ToList();
        if (named.GroupBy(header => header, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new CatalogException(
                $"'{givenPath}' has the column '{twice.Key}' {twice.Count()} times; each column needs a name of its own.");
        var (id, path, category) = (Find(headers, IdName), Find(headers, PathName), Find(headers, "category"));
        if (id < 0 || path < 0)
        {
            throw new CatalogException(
                $"'{givenPath}' has no column '{(id < 0 ? IdName : PathName)}'. Its first line names {Excerpt(string.Join(", ", named))}; "
                + "it must name id and path, and may name category.");
        }
        int[] further = [.. Enumerable.Range(0, headers.Count)
            .Where(column => headers[column].Length > 0 && column != id && column != path && column != category)];
        return new(headers, id, path, category < 0 ? null : category, further);
    }

    /// <summary>Returns the position of a column, or a negative number.</summary>
    public static int Find(List<string> headers, string name) =>
        headers.FindIndex(header => header.Equals(name, StringComparison.OrdinalIgnoreCase));

    private static string Excerpt(string text) => text.Length <= 200 ? text : $"{text[..200]} ...";
}
