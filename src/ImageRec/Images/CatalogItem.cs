namespace ImageRec;

/// <summary>Holds an item of a catalog that is read from a folder or a CSV file, for apps without a type of their own.</summary>
public sealed class CatalogItem
{
    /// <summary>Gets the id. From a folder: the path relative to it, with forward slashes. From CSV: the id column.</summary>
    public required string Id { get; init; }

    /// <summary>
    /// Gets the category. From a folder: the name of the containing folder. From CSV: the category column. Null when there is none.
    /// </summary>
    public string? Category { get; init; }

    /// <summary>
    /// Gets the image's file, as a full path when the catalog was read; or what a list has instead, such as a web address.
    /// </summary>
    public string? Path { get; init; }

    /// <summary>Gets further columns of the CSV file by header; empty for a folder.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
