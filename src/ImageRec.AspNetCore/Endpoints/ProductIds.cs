namespace ImageRec.AspNetCore;

/// <summary>Ids as they appear in an address. They are looked up in memory and never become a path on a disk.</summary>
internal static class ProductIds
{
    /// <summary>The id as given, or with %2F read as a slash when there is no such product: servers do not decode that one.</summary>
    /// <exception cref="Problem">The address ends before an id.</exception>
    public static string FromRoute<TItem>(VisualCatalog<TItem> catalog, string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw Problem.NoId();
        return id.Contains("%2F", StringComparison.OrdinalIgnoreCase) && !catalog.Shelf.TryGet(id, out _)
            ? id.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase)
            : id;
    }
}
