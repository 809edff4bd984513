using System.Diagnostics;
using ImageRec.AspNetCore.Catalog;
using ImageRec.AspNetCore.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Indexing;

/// <summary>
/// One run of the indexer: brings the index to what the app lists, while the endpoints answer from what is there already.
/// </summary>
internal sealed class IndexingRun<TItem>(VisualCatalog<TItem> catalog, IServiceProvider services, ILogger log) : IAsyncDisposable
{
    /// <summary>Products added at a time: what a pause waits for, and what a kill in the middle of an update loses.</summary>
    private const int Batch = 32;

    /// <summary>The same in a store, where every call is a way over the network.</summary>
    private const int SharedBatch = 256;

    private readonly ImageRecOptions<TItem> _options = catalog.Options;

    // In the engine before this run: listed by an earlier one, or in a catalog that is shared.
    private readonly HashSet<string> _gone = new(StringComparer.Ordinal);
    private readonly Election? _election = catalog.Options.Catalog is { } shared ? new(shared) : null;
    private long? _followedSince;

    /// <summary>Called before the products are listed.</summary>
    public Action? Listing { get; set; }

    /// <summary>Lists the products, and builds or updates the index; opens the app's own engine when it lists none.</summary>
    /// <param name="isAsked">Whether somebody has asked for it.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>The products whose picture cannot be read.</returns>
    /// <exception cref="IndexedElsewhereException">Another server indexes the catalog that this one shares.</exception>
    public async Task<IReadOnlyList<UnreadableItem>> RunAsync(bool isAsked, CancellationToken cancellationToken)
    {
        if (_election is not null && catalog.IsListed && !await _election.TryLeadAsync(cancellationToken).ConfigureAwait(false))
        {
            await FollowAsync(isAsked, cancellationToken).ConfigureAwait(false);
            throw new IndexedElsewhereException();
        }
        _followedSince = null;
        catalog.Board.Change(s => s with { State = IndexingState.Starting, Message = null });
        IReadOnlyList<UnreadableItem> unreadable = [];
        if (catalog.IsListed)
            unreadable = await IndexAsync(cancellationToken).ConfigureAwait(false);
        else
            await OpenAsync(cancellationToken).ConfigureAwait(false);
        var indexed = await catalog.CountAsync(cancellationToken).ConfigureAwait(false);
        catalog.Board.Change(s => s with
        {
            State = IndexingState.Ready, CanRecommend = true, Indexed = indexed, Unreadable = unreadable.Count,
            Done = s.Total, PerSecond = 0, RemainingSeconds = null,
        });
        return unreadable;
    }

    public async ValueTask DisposeAsync()
    {
        if (_election is not null)
            await _election.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>Serves what another server indexes, and lists the products for pages and facets.</summary>
    private async Task FollowAsync(bool isAsked, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        var isDue = _followedSince is not { } since
            || (_options.ReindexInterval is { } interval && Stopwatch.GetElapsedTime(since) >= interval);
        if (isAsked || isDue)
        {
            var listing = catalog.Shelf.BeginListing();
            catalog.Shelf.Fill(await ListAsync(cancellationToken).ConfigureAwait(false), listing);
            _followedSince = Stopwatch.GetTimestamp();
        }
    }

    private async Task<IReadOnlyList<UnreadableItem>> IndexAsync(CancellationToken cancellationToken)
    {
        // Before the listing: what another server puts from now on is not in it, and stays.
        if (_election is not null)
            _gone.UnionWith(await _election.IdsAsync(cancellationToken).ConfigureAwait(false));
        var listing = catalog.Shelf.BeginListing();
        var listed = ListAsync(cancellationToken);
        // Both are awaited whatever becomes of the other: an engine that opens late must not be opened twice.
        await Task.WhenAll(listed, OpenAsync(cancellationToken)).ConfigureAwait(false);
        if (_options.Engine is not null)
            _gone.UnionWith(Ids(catalog.Shelf.All));
        catalog.Shelf.Fill(await listed.ConfigureAwait(false), listing);
        var items = catalog.Shelf.All;
        if (items.Count == 0)
            throw new CatalogException("There are no products to recommend from.");
        return catalog.Engine is { } engine
            ? await UpdateAsync(engine, items, cancellationToken).ConfigureAwait(false)
            : await BuildAsync(items, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Indexes products as they are listed by now: one may have been put or removed since the run began.</summary>
    /// <returns>What was done; null when none of the products is listed any more.</returns>
    public Task<BuildReport?> UpsertAsync(IEnumerable<string> ids, CancellationToken cancellationToken) => catalog.ChangeAsync(async () =>
    {
        var items = new List<TItem>();
        foreach (var id in ids)
        {
            if (catalog.Shelf.TryGet(id, out var item))
                items.Add(item);
        }
        if (items.Count == 0)
            return null;
        return await catalog.Engine!.UpsertAsync(catalog.ToCatalog(items), cancellationToken: cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>
    /// Lists the products; a listing that does not observe the token is left behind, so that it never delays the end of the app.
    /// </summary>
    private Task<List<TItem>> ListAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        Listing?.Invoke();
        using var scope = services.CreateScope();
        return ListedProducts.Read(_options.Products!, scope.ServiceProvider, cancellationToken);
    }, cancellationToken).WaitAsync(cancellationToken);

    /// <summary>Serves the app's own engine, or the last start's file when there is one that was finished.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (catalog.Engine is not null)
            return;
        if (_options.Engine is { } open)
        {
            var own = await OwnEngine.OpenAsync(open, services, cancellationToken).ConfigureAwait(false);
            await catalog.OpenAsync(own).ConfigureAwait(false);
            var count = await catalog.CountAsync(cancellationToken).ConfigureAwait(false);
            catalog.Board.Change(s => s with { CanRecommend = true, Indexed = count });
            return;
        }
        if (_options.Catalog is { } shared)
        {
            if (catalog.IsListed && !await _election!.ExistsAsync(cancellationToken).ConfigureAwait(false))
                return;
            var engine = await _options.Builder().OpenAsync<TItem>(shared, cancellationToken).ConfigureAwait(false);
            await catalog.OpenAsync(engine).ConfigureAwait(false);
            var count = await catalog.CountAsync(cancellationToken).ConfigureAwait(false);
            catalog.Board.Change(s => s with { CanRecommend = true, Indexed = count });
            log.Opened(catalog.Label, count);
            return;
        }
        if (_options.CatalogFile is not { } file || !File.Exists(file))
            return;
        try
        {
            var engine = await _options.Builder().OpenAsync<TItem>(file, cancellationToken).ConfigureAwait(false);
            await catalog.OpenAsync(engine).ConfigureAwait(false);
            catalog.Board.Change(s => s with { CanRecommend = true, Indexed = engine.Count });
            log.Opened(catalog.Label, engine.Count);
        }
        catch (CatalogFileException)
        {
            // Not finished: the build goes on with it. Damaged or of another kind: the build says so.
        }
    }

    private async Task<IReadOnlyList<UnreadableItem>> BuildAsync(IReadOnlyList<TItem> items, CancellationToken cancellationToken)
    {
        catalog.Board.Change(s => s with { State = IndexingState.Building, Done = 0, Total = items.Count });
        var progress = new BoardProgress(catalog.Board);
        if (_options.Catalog is { } shared)
        {
            var built = await _options.Builder()
                .BuildAsync(catalog.ToCatalog(items), shared, progress, part: null, cancellationToken).ConfigureAwait(false);
            await catalog.OpenAsync(built).ConfigureAwait(false);
            return built.Report!.Unreadable;
        }
        if (_options.CatalogFile is { } file)
            CreateFolder(file);
        var engine = await _options.Builder()
            .BuildAsync(catalog.ToCatalog(items), _options.CatalogFile, progress, cancellationToken).ConfigureAwait(false);
        var unreadable = engine.Report?.Unreadable ?? [];
        await catalog.OpenAsync(engine).ConfigureAwait(false);
        return unreadable;
    }

    private async Task<IReadOnlyList<UnreadableItem>> UpdateAsync(
        IRecommendationEngine<TItem> engine, IReadOnlyList<TItem> items, CancellationToken cancellationToken)
    {
        catalog.Board.Change(s => s with { State = IndexingState.Updating, Done = 0, Total = items.Count });
        await catalog.ChangeAsync(() => engine.RemoveAsync(Gone(engine), cancellationToken), cancellationToken).ConfigureAwait(false);
        _gone.Clear();
        // New products first: they are what a visitor misses.
        var ids = items.Select(_options.Id!).ToList();
        var known = await engine.GetAsync(ids, cancellationToken).ConfigureAwait(false);
        var ordered = ids.OrderBy(known.ContainsKey).ToList();
        var unreadable = new List<UnreadableItem>();
        var (computed, clock) = (0, Stopwatch.StartNew());
        var size = _election is null ? Batch : SharedBatch;
        for (var done = 0; done < ordered.Count; done += size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = ordered.Skip(done).Take(size).ToList();
            if (await UpsertAsync(batch, cancellationToken).ConfigureAwait(false) is { } report)
            {
                unreadable.AddRange(report.Unreadable);
                computed += report.Computed;
            }
            var indexed = await catalog.CountAsync(cancellationToken).ConfigureAwait(false);
            var rate = computed / clock.Elapsed.TotalSeconds;
            catalog.Board.Change(s => s with
            {
                Done = done + batch.Count, Indexed = indexed, PerSecond = Math.Round(rate, 1),
                RemainingSeconds = rate > 0 ? Math.Ceiling((ordered.Count - done) / rate) : null,
            });
        }
        return unreadable;
    }

    /// <summary>
    /// What is not listed any more. The engine that this class made has nothing else; in the app's own and in one that is shared, others
    /// may have put more.
    /// </summary>
    private List<string> Gone(IRecommendationEngine<TItem> engine)
    {
        var indexed = engine is RecommendationEngine<TItem> alone && _options.Engine is null ? Ids(alone.Items) : _gone;
        return [.. indexed.Where(id => !catalog.Shelf.TryGet(id, out _))];
    }

    private IEnumerable<string> Ids(IEnumerable<TItem> items) => items.Select(catalog.Reader.Id).OfType<string>();

    private static void CreateFolder(string file)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
                Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CatalogFileException(
                $"The folder of '{Path.GetFileName(file)}' cannot be created ({e.GetType().Name}). "
                + "Create it, or set CatalogFile to a path that can be written.", e);
        }
    }
}
