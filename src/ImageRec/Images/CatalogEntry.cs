namespace ImageRec;

/// <summary>Describes an item to the library: the caller's object with its id, its image and what else is known of it.</summary>
/// <typeparam name="TItem">Type of the items.</typeparam>
public sealed class CatalogEntry<TItem>
{
    /// <summary>Gets the id: unique within the catalog, not empty.</summary>
    public required string Id { get; init; }

    /// <summary>Gets the item's image.</summary>
    public required ImageSource Image { get; init; }

    /// <summary>Gets the caller's own object; recommendations hand it back.</summary>
    public required TItem Item { get; init; }

    /// <summary>Gets the item's category; null when it is not known.</summary>
    public string? Category { get; init; }

    /// <summary>
    /// Gets a name for what the image shows, such as the id of a product of which the catalog has several photos; null when it is not
    /// known. Photos of one group are never on both sides when a catalog is divided to measure it.
    /// </summary>
    public string? Group { get; init; }
}
