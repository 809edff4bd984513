namespace ImageRec;

/// <summary>An item as the library sees it: the caller's object with its id, its picture and what is known beside the picture.</summary>
/// <typeparam name="TItem">Type of the items.</typeparam>
public sealed class CatalogEntry<TItem>
{
    /// <summary>Gets the id: unique within the catalog, not empty.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the item's picture.</summary>
    public required ImageSource Image { get; init; }

    /// <summary>Gets the caller's own object; recommendations hand it back.</summary>
    public required TItem Item { get; init; }

    /// <summary>Gets the item's category; null when it is not known.</summary>
    public string? Category { get; init; }

    /// <summary>
    /// Gets a name for what the picture shows, such as the id of a product of which the catalog has several photos; null when it is not known. Photos of one
    /// group are never on both sides when a catalog is divided to measure it.
    /// </summary>
    public string? Group { get; init; }
}
