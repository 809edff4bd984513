namespace ImageRec.Building;

/// <summary>Reads a catalog's list of items and checks it before any work is done.</summary>
internal static class CatalogList
{
    /// <summary>Reads a list and waits for it, where an interface has no asynchronous form.</summary>
    public static IReadOnlyList<CatalogEntry<TItem>> Read<TItem>(ImageCatalog<TItem> catalog) =>
        Task.Run(() => ReadAsync(catalog, CancellationToken.None)).GetAwaiter().GetResult();

    public static async Task<IReadOnlyList<CatalogEntry<TItem>>> ReadAsync<TItem>(
        ImageCatalog<TItem> catalog, CancellationToken cancellationToken, bool mayBeEmpty = false)
    {
        var entries = new List<CatalogEntry<TItem>>();
        var positions = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            await foreach (var entry in catalog.ReadAsync(cancellationToken).ConfigureAwait(false))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (string.IsNullOrWhiteSpace(entry.Id))
                    throw new CatalogException(
                        $"Item {entries.Count + 1} of {catalog.Name} has an empty id. Every item needs one of its own.");
                if (!IsText(entry.Id) || !IsText(entry.Category))
                    throw new CatalogException(
                        FormattableString.Invariant(
                        $"Item {entries.Count + 1} of {catalog.Name} has an id or a category with half a character (a lone surrogate), ")
                        + "which no file can keep. Mend it where it comes from.");
                if (entry.Image is null)
                    throw new CatalogException($"Item '{entry.Id}' of {catalog.Name} has no picture.");
                if (!positions.TryAdd(entry.Id, entries.Count + 1))
                    throw new CatalogException($"Id '{entry.Id}' of {catalog.Name} occurs twice, as items {positions[entry.Id]} and "
                        + $"{entries.Count + 1}. Ids must be unique.");
                entries.Add(entry);
            }
        }
        catch (CatalogException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The listing of the products was canceled.", e, cancellationToken);
        }
        if (entries.Count == 0 && !mayBeEmpty)
            throw new CatalogException($"{catalog.Name} has 0 items; a catalog needs at least 1.");
        return entries;
    }

    /// <summary>Returns whether every surrogate has its other half.</summary>
    private static bool IsText(string? text)
    {
        for (var i = 0; i < text?.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
                continue;
            if (!char.IsSurrogatePair(text, i))
                return false;
            i++;
        }
        return true;
    }
}
