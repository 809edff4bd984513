namespace ImageRec.AspNetCore;

/// <summary>The app's catalogue as the endpoints see it: the products, the engine once there is one, and the indexer that works behind it.</summary>
/// <remarks>A singleton made by <c>AddImageRec</c>; inject it to recommend from your own code. Thread-safe.</remarks>
/// <typeparam name="TItem">The app's own product type.</typeparam>
public sealed class VisualCatalog<TItem> : IAsyncDisposable
{
    private readonly IndexerSwitch _switch = new();
    private RecommendationEngine<TItem>? _engine;

    internal VisualCatalog(ImageRecOptions<TItem> options)
    {
        options.Validate();
        Options = options;
        Shelf = new ProductShelf<TItem>(options.Id!);
    }

    /// <summary>The engine; null while the first index is being made. Do not dispose it.</summary>
    public RecommendationEngine<TItem>? Engine => Volatile.Read(ref _engine);

    /// <summary>Where indexing stands.</summary>
    public IndexingStatus Status => Board.Status;

    internal ImageRecOptions<TItem> Options { get; }

    internal ProductShelf<TItem> Shelf { get; }

    internal StatusBoard Board { get; } = new();

    internal IndexerSwitch Switch => _switch;

    /// <summary>Holds the indexer until <see cref="Resume"/>; what was done is kept. Recommendations go on.</summary>
    public void Pause() => _switch.Halt(IndexingState.Paused);

    /// <summary>Ends the indexer's run; what was done is kept, and the app's next start or <see cref="Resume"/> goes on from there.</summary>
    public void Stop() => _switch.Halt(IndexingState.Stopped);

    /// <summary>Lets the indexer go on, or look again for new, changed and gone products when it was done.</summary>
    public void Resume() => _switch.Go();

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
        if (Interlocked.Exchange(ref _engine, null) is { } engine)
            await engine.DisposeAsync().ConfigureAwait(false);
    }

    internal void Open(RecommendationEngine<TItem> engine) => Volatile.Write(ref _engine, engine);

    internal ImageCatalog<TItem> ToCatalog(IEnumerable<TItem> items) => items.ToCatalog(Options.Id!, Options.Image!, Options.Category);
}
