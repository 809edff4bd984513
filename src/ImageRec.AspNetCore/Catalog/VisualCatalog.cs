namespace ImageRec.AspNetCore;

/// <summary>The app's catalog as the endpoints see it: the products, the engine once there is one, and the indexer that works behind it.</summary>
/// <remarks>
/// A singleton made by <c>AddImageRec</c>; inject it to recommend from your own code, with <c>[FromKeyedServices("name")]</c> when the catalog has a name.
/// Thread-safe.
/// </remarks>
/// <typeparam name="TItem">The app's own product type.</typeparam>
public sealed class VisualCatalog<TItem> : IAsyncDisposable
{
    private readonly IndexerSwitch _switch = new();
    private readonly SemaphoreSlim _changing = new(1, 1);
    private readonly Lock _opening = new();
    private RecommendationEngine<TItem>? _engine;
    private bool _disposed;

    internal VisualCatalog(string name, ImageRecOptions<TItem> options)
    {
        (Name, Options) = (name, options);
        Shelf = new ProductShelf<TItem>(options.Id!);
        Reader = new ProductReader<TItem>(options);
    }

    /// <summary>The name it was added under; empty for the catalog without one.</summary>
    public string Name { get; }

    /// <summary>The engine; null while the first index is being made. Do not dispose it.</summary>
    public RecommendationEngine<TItem>? Engine => Volatile.Read(ref _engine);

    /// <summary>Where indexing stands.</summary>
    public IndexingStatus Status => Board.Status;

    internal ImageRecOptions<TItem> Options { get; }

    internal ProductShelf<TItem> Shelf { get; }

    internal ProductReader<TItem> Reader { get; }

    internal StatusBoard Board { get; } = new();

    internal IndexerSwitch Switch => _switch;

    /// <summary>Holds the indexer until <see cref="Resume"/>; what was done is kept. Recommendations go on.</summary>
    public void Pause() => _switch.Halt(IndexingState.Paused);

    /// <summary>Ends the indexer's run; what was done is kept, and the app's next start or <see cref="Resume"/> goes on from there.</summary>
    public void Stop() => _switch.Halt(IndexingState.Stopped);

    /// <summary>Ends a pause or a stop, and lists the products anew.</summary>
    public void Resume() => _switch.Go();

    /// <summary>
    /// Lists the products anew and indexes what is new, changed or gone: now, after the present run when there is one, or after <see cref="Resume"/> when
    /// the indexer is paused or stopped. Returns at once; <see cref="Status"/> tells the rest.
    /// </summary>
    public void Reindex() => _switch.Ask();

    /// <summary>Waits until everything listed is indexed.</summary>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <exception cref="InvalidOperationException">Indexing failed; the message says why.</exception>
    public async Task WaitUntilReadyAsync(CancellationToken cancellationToken = default)
    {
        await foreach (var status in Board.FollowAsync(cancellationToken).ConfigureAwait(false))
        {
            if (status.State == IndexingState.Ready)
                return;
            if (status.State == IndexingState.Failed)
                throw new InvalidOperationException(status.Message);
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Disposes the engine.</summary>
    public async ValueTask DisposeAsync()
    {
        RecommendationEngine<TItem>? engine;
        lock (_opening)
        {
            _disposed = true;
            engine = Interlocked.Exchange(ref _engine, null);
        }
        if (engine is not null)
            await engine.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Answers from an engine from now on, or disposes it when the app has ended meanwhile.</summary>
    internal async ValueTask OpenAsync(RecommendationEngine<TItem> engine)
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

    /// <summary>Changes the index: one after another, so that what the indexer read before a product was put never takes its place.</summary>
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
}
