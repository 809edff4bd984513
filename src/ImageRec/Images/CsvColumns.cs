using CsvHelper;

namespace ImageRec;

/// <summary>Which column of a CSV file is what.</summary>
/// <param name="Headers">Every column's name.</param>
/// <param name="Id">The column of ids.</param>
/// <param name="Path">The column of picture paths.</param>
/// <param name="Category">The column of categories, or null.</param>
/// <param name="Further">The other columns.</param>
internal sealed record CsvColumns(IReadOnlyList<string> Headers, int Id, int Path, int? Category, IReadOnlyList<int> Further)
{
    /// <summary>Reads the first line.</summary>
    /// <exception cref="CatalogException">A column is missing or there twice; the message lists those there are.</exception>
    public static CsvColumns Read(CsvReader csv, string givenPath)
    {
        List<string> headers = [.. csv.Headers];
        if (headers.Count == 0)
            throw new CatalogException($"'{givenPath}' is empty; its first line must name the columns id and path, and may name category.");
        if (headers.GroupBy(header => header, StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new CatalogException($"'{givenPath}' has the column '{twice.Key}' {twice.Count()} times; each column needs a name of its own.");
        var (id, path, category) = (Find("id"), Find("path"), Find("category"));
        if (id < 0 || path < 0)
            throw new CatalogException(
                $"'{givenPath}' has no column '{(id < 0 ? "id" : "path")}'. Its first line names {string.Join(", ", headers)}; it must name id and path, and may name category.");
        int[] further = [.. Enumerable.Range(0, headers.Count).Where(column => column != id && column != path && column != category)];
        return new(headers, id, path, category < 0 ? null : category, further);

        int Find(string name) => headers.FindIndex(header => header.Equals(name, StringComparison.OrdinalIgnoreCase));
    }
}
