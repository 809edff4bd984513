namespace ImageRec.AspNetCore;

/// <summary>Ids as they stand in an address. They are looked up in memory and never become a path on a disk.</summary>
internal static class ProductIds
{
    /// <summary>The id as given, or with %2F read as a slash when there is no such product: servers leave that one escape in place.</summary>
    public static string FromRoute<TItem>(VisualCatalog<TItem> catalog, string id) =>
        id.Contains("%2F", StringComparison.OrdinalIgnoreCase) && !catalog.Shelf.TryGet(id, out _)
            ? id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
            : id;
}
