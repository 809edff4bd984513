namespace ImageRec;

/// <summary>The item of catalogues read from a folder or a CSV file, for callers without a type of their own.</summary>
public sealed record CatalogItem
{
    /// <summary>From a folder: the path relative to it, with forward slashes. From CSV: the id column.</summary>
    public required string Id { get; init; }

    /// <summary>From a folder: the name of the containing folder. From CSV: the category column. Null when there is none.</summary>
    public string? Category { get; init; }

    /// <summary>The picture's file, as a full path when the catalog was read; or what a list has in its place, such as a web address.</summary>
    public string? Path { get; init; }

    /// <summary>Further columns of the CSV by header; empty for a folder.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>();
}
