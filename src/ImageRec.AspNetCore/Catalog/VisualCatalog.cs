using ImageRec.AspNetCore.Catalog;
using ImageRec.AspNetCore.Problems;

namespace ImageRec.AspNetCore;

/// <summary>A catalog of the app: its engine, and control of the indexer that keeps it up to date in the background.</summary>
/// <remarks>
/// A singleton that <c>AddImageRec</c> adds; with a name, inject it with <c>[FromKeyedServices("name")]</c>. Thread-safe.
/// </remarks>
/// <typeparam name="TItem">The app's product type.</typeparam>
public sealed class VisualCatalog<TItem>
{
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Lock _opening = new();
    private IRecommendationEngine<TItem>? _engine;
    private bool _disposed;

    internal VisualCatalog(string name, string label, ImageRecOptions<TItem> options)
    {
        (Name, Label, Options) = (name, label, options);
        Shelf = new ProductShelf<TItem>(options.Id!);
        Reader = new ProductReader<TItem>(options);
        Board = new StatusBoard(Label);
    }

    /// <summary>The name given to <c>AddImageRec</c>; empty for the catalog without one.</summary>
    public string Name { get; }

    /// <summary>
    /// The engine; null until the first index is built or <see cref="ImageRecOptions{TItem}.Engine"/> has returned one. The catalog
    /// disposes it when the app ends. It is a <see cref="RecommendationEngine{TItem}"/> unless the app opens another.
    /// </summary>
    public IRecommendationEngine<TItem>? Engine => Volatile.Read(ref _engine);

    /// <summary>What the indexer is doing.</summary>
    public IndexingStatus Status => Board.Status;

    /// <summary>What logs, metrics, health checks and endpoints call the catalog.</summary>
    internal string Label { get; }

    internal ImageRecOptions<TItem> Options { get; }

    internal ProductShelf<TItem> Shelf { get; }

    internal ProductReader<TItem> Reader { get; }

    internal StatusBoard Board { get; }

    /// <summary>Whether the app lists the products; else only the engine knows them.</summary>
    internal bool IsListed => Options.Products is not null;

    internal IndexerSwitch Switch { get; } = new();

    /// <summary>Pauses the indexer until <see cref="Resume"/>. What was indexed is kept, and recommendations go on.</summary>
    public void Pause() => Switch.Halt(IndexingState.Paused);

    /// <summary>
    /// Stops the indexer until <see cref="Resume"/> or the app's next start. What was indexed is kept, and recommendations go on.
    /// </summary>
    public void Stop() => Switch.Halt(IndexingState.Stopped);

    /// <summary>Ends a pause or a stop, and reindexes.</summary>
    public void Resume() => Switch.Go();

    /// <summary>
    /// Reindexes: lists the products and indexes those that are new, changed or gone. Returns at once; it happens now, after the run that
    /// is going on, or after <see cref="Resume"/> when the indexer is paused or stopped. <see cref="Status"/> reports the progress.
    /// </summary>
    public void Reindex() => Switch.Ask();

    /// <summary>Waits until all listed products are indexed.</summary>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="InvalidOperationException">Indexing failed; the message is why.</exception>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var status in Board.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            // Where servers share a catalog, another may be the one that indexes.
            if (status.State == IndexingState.Ready
                || (status.State == IndexingState.Waiting && Options.Catalog is not null && Engine is not null))
                return;
            if (status.State == IndexingState.Failed)
                throw new InvalidOperationException(status.Message);
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The engine for an endpoint.</summary>
    /// <exception cref="Problem">The first index is being built.</exception>
    internal IRecommendationEngine<TItem> RequireEngine() => Engine ?? throw Problem.NotReady(Status);

    /// <summary>The engine for a class of the app that has it injected.</summary>
    /// <exception cref="InvalidOperationException">The first index is being built.</exception>
    internal IRecommendationEngine<TItem> EngineForInjection() => Engine ?? throw new InvalidOperationException(
        $"The first index of the catalog '{Label}' is being built, so there is no IRecommendationEngine<{typeof(TItem).Name}> yet. "
        + $"Inject VisualCatalog<{typeof(TItem).Name}> where it may be needed earlier: its Engine is null until then.");

    /// <summary>Looks up products: as they are listed, or, when the app lists none, as the engine has them.</summary>
    /// <returns>Those that there are, by id.</returns>
    /// <exception cref="Problem">The engine is needed and not open yet.</exception>
    internal async ValueTask<IReadOnlyDictionary<string, TItem>> FindAsync(
        IReadOnlyCollection<string> ids, CancellationToken cancellationToken)
    {
        if (!IsListed)
            return await RequireEngine().GetAsync(ids, cancellationToken).ConfigureAwait(false);
        // Of a catalog that is shared, the engine knows what other servers have put since this one listed,
        // and what they have removed.
        if (Options.Catalog is not null && Engine is { } engine)
            return await engine.GetAsync(ids, cancellationToken).ConfigureAwait(false);
        var found = new Dictionary<string, TItem>(ids.Count, StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (Shelf.TryGet(id, out var item))
                found[id] = item;
        }
        return found;
    }

    /// <summary>Looks up one product as <see cref="FindAsync"/> does.</summary>
    /// <exception cref="Problem">There is no such product.</exception>
    internal async ValueTask<TItem> RequireAsync(string id, CancellationToken cancellationToken) =>
        (await FindAsync([id], cancellationToken).ConfigureAwait(false)).TryGetValue(id, out var item)
            ? item
            : throw Problem.NoSuchProduct(id);

    /// <summary>Counts the products that the engine has.</summary>
    internal async Task<int> CountAsync(CancellationToken cancellationToken) =>
        (int)Math.Min(int.MaxValue, await RequireEngine().CountAsync(cancellationToken).ConfigureAwait(false));

    /// <summary>Serves an engine from now on, or disposes it when the app has ended meanwhile.</summary>
    internal async ValueTask OpenAsync(IRecommendationEngine<TItem> engine)
    {
        lock (_opening)
        {
            if (!_disposed)
            {
                Volatile.Write(ref _engine, engine);
                return;
            }
        }
        await engine.DisposeAsync().ConfigureAwait(false);
        throw new OperationCanceledException("The app has ended.");
    }

    /// <summary>Changes the index, one change after another: what the indexer read before a product was put never replaces it.</summary>
    internal async Task<T> ChangeAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        await _changing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await change().ConfigureAwait(false);
        }
        finally
        {
            _changing.Release();
        }
    }

    internal ImageCatalog<TItem> ToCatalog(IEnumerable<TItem> items) => items.ToCatalog(Options.Id!, PictureOf, Reader.Category);

    internal ImageSource PictureOf(TItem item) => (Reader.Id(item) is { } id ? Shelf.PictureOf(id) : null) ?? Reader.Picture(item);

    internal async ValueTask DisposeAsync()
    {
        IRecommendationEngine<TItem>? engine;
        lock (_opening)
        {
            _disposed = true;
            engine = Interlocked.Exchange(ref _engine, null);
        }
        if (engine is not null)
            await engine.DisposeAsync().ConfigureAwait(false);
    }
}
