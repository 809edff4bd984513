namespace ImageRec;

/// <summary>A sequence of products to recommend from. Enumerated once a build.</summary>
/// <typeparam name="TItem">The caller's own type.</typeparam>
public sealed class ImageCatalog<TItem>
{
    private readonly Func<IEnumerable<CatalogEntry<TItem>>> _entries;

    private readonly Func<IReadOnlyList<string>>? _notes;

    internal ImageCatalog(string name, Func<IEnumerable<CatalogEntry<TItem>>> entries, Func<IReadOnlyList<string>>? notes = null) =>
        (Name, _entries, _notes) = (name, entries, notes);

    /// <summary>What errors call this catalogue, such as the folder's path.</summary>
    public string Name { get; }

    /// <summary>The products, in catalogue order.</summary>
    /// <exception cref="CatalogException">The folder, the file or a row of it cannot be used; the message says which and why.</exception>
    public IEnumerable<CatalogEntry<TItem>> Entries => _entries();

    /// <summary>Gets what the last reading of <see cref="Entries"/> assumed, a sentence each, such as the encoding of a list that is not UTF-8; mostly empty.</summary>
    public IReadOnlyList<string> Notes => _notes?.Invoke() ?? [];
}
