using System.Runtime.CompilerServices;

namespace ImageRec;

/// <summary>Lists the items to recommend from. Enumerated once per build.</summary>
/// <typeparam name="TItem">Type of the items.</typeparam>
public sealed class ImageCatalog<TItem>
{
    private readonly Func<IEnumerable<CatalogEntry<TItem>>>? _entries;
    private readonly Func<IAsyncEnumerable<CatalogEntry<TItem>>>? _asynchronous;
    private readonly Func<IReadOnlyList<string>>? _notes;

    internal ImageCatalog(string name, Func<IEnumerable<CatalogEntry<TItem>>> entries, Func<IReadOnlyList<string>>? notes = null) =>
        (Name, _entries, _notes) = (name, entries, notes);

    internal ImageCatalog(string name, Func<IAsyncEnumerable<CatalogEntry<TItem>>> entries) => (Name, _asynchronous) = (name, entries);

    /// <summary>Gets what errors call this catalog, such as the folder's path.</summary>
    public string Name { get; }

    /// <summary>Gets the entries, in catalog order. Those of an asynchronous source are waited for.</summary>
    /// <exception cref="CatalogException">The folder, the file or a row of it cannot be used; the message says which and why.</exception>
    public IEnumerable<CatalogEntry<TItem>> Entries => _entries?.Invoke() ?? _asynchronous!().ToBlockingEnumerable();

    /// <summary>
    /// Gets what the last reading of <see cref="Entries"/> assumed, a sentence each, such as the encoding of a list that is not UTF-8;
    /// mostly empty.
    /// </summary>
    public IReadOnlyList<string> Notes => _notes?.Invoke() ?? [];

    /// <summary>Reads the entries, in catalog order, without blocking on a source that is asynchronous.</summary>
    internal async IAsyncEnumerable<CatalogEntry<TItem>> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (_asynchronous is null)
        {
            foreach (var entry in Entries)
                yield return entry;
            yield break;
        }
        await foreach (var entry in _asynchronous().WithCancellation(cancellationToken).ConfigureAwait(false))
            yield return entry;
    }
}
