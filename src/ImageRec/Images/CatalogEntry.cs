namespace ImageRec;

/// <summary>One product as the library sees it: the caller's item with its id, its picture and what is known beside the picture.</summary>
/// <typeparam name="TItem">The caller's own type.</typeparam>
public sealed record CatalogEntry<TItem>
{
    /// <summary>Unique within the catalogue, not empty.</summary>
    public required string Id { get; init; }

    /// <summary>The product's picture.</summary>
    public required ImageSource Image { get; init; }

    /// <summary>The caller's own object; recommendations hand it back.</summary>
    public required TItem Item { get; init; }

    /// <summary>The product's category, or null when it is not known.</summary>
    public string? Category { get; init; }

    /// <summary>
    /// Names what the picture shows, such as the id of a product of which the catalog has several photos; null when it is not known. Photos of one group are never on both sides when a
    /// catalog is divided to measure it.
    /// </summary>
    public string? Group { get; init; }
}
