using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore;

/// <summary>Brings the catalog file to what the app lists, while the endpoints answer from what is there already.</summary>
internal sealed partial class Indexer<TItem>(VisualCatalog<TItem> catalog, ManageGuard guard, IServiceScopeFactory scopes, ILogger<Indexer<TItem>> log) : BackgroundService
{
    /// <summary>Products added at a time: what a pause waits for, and what a kill in the middle of an update loses.</summary>
    private const int Batch = 32;

    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);
    private readonly ImageRecOptions<TItem> _options = catalog.Options;
    private FolderWatch? _watch;

    /// <summary>Checks what can be checked before the app serves anybody.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await guard.CheckAsync().ConfigureAwait(false);
        if (_options.ManagePolicy is not null && _options.Save is null)
            Forgotten("put", nameof(_options.Save));
        if (_options.ManagePolicy is not null && _options.Delete is null)
            Forgotten("removed", nameof(_options.Delete));
        await base.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var watch = _options is { Watch: true, PhotosFolder: { } photos } ? new FolderWatch(photos, _options.WatchInterval, catalog.Reindex, log) : null;
        _watch = watch;
        var watching = watch?.RunAsync(stoppingToken) ?? Task.CompletedTask;
        TimeSpan? retry = null;
        while (!stoppingToken.IsCancellationRequested)
        {
            CancellationToken halt = default;
            try
            {
                halt = await catalog.Switch.WaitAsync(retry ?? _options.ReindexInterval ?? Timeout.InfiniteTimeSpan, stoppingToken).ConfigureAwait(false);
                using var run = CancellationTokenSource.CreateLinkedTokenSource(halt, stoppingToken);
                await RunAsync(run.Token).ConfigureAwait(false);
                retry = null;
            }
            catch (OperationCanceledException) when (halt.IsCancellationRequested || stoppingToken.IsCancellationRequested)
            {
                var state = stoppingToken.IsCancellationRequested ? IndexingState.Stopped : catalog.Switch.HaltedAs;
                if (catalog.Status.State != IndexingState.Ready)
                    Halted(state, catalog.Status.Done, catalog.Status.Total);
                catalog.Board.Change(s => s with { State = state, PerSecond = 0, RemainingSeconds = null });
            }
#pragma warning disable CA1031 // Whatever a component of the app's throws, the site goes on answering and the state says what happened.
            catch (Exception e)
#pragma warning restore CA1031
            {
                retry = await FailAsync(e, retry, stoppingToken).ConfigureAwait(false);
            }
        }
        await watching.ConfigureAwait(false);
    }

    /// <summary>Says what went wrong.</summary>
    /// <returns>
    /// When to try again without being asked: what failed may work later, because a database came back or because another process has let go of the file.
    /// </returns>
    private async Task<TimeSpan> FailAsync(Exception error, TimeSpan? lastRetry, CancellationToken stoppingToken)
    {
        Details(error);
        var name = Path.GetFileName(_options.CatalogFile);
        if (IsWrittenElsewhere(error))
        {
            Waits(error.Message, _options.FirstRetry);
            await FollowAsync(stoppingToken).ConfigureAwait(false);
            var told = $"Another process, or another part of this one, changes '{name}'. Recommendations follow it, and indexing waits until it has finished.";
            catalog.Board.Change(s => s with { State = IndexingState.Waiting, Message = told, PerSecond = 0, RemainingSeconds = null });
            return _options.FirstRetry;
        }
        var retry = lastRetry is not { } last ? _options.FirstRetry : last * 2 < LongestRetry ? last * 2 : LongestRetry;
        var reason = PublicText.Of(error, _options.CatalogFile, _options.PhotosFolder);
        Failed(reason, error.GetType().Name, retry);
        catalog.Board.Change(s => s with { State = IndexingState.Failed, Message = reason, PerSecond = 0, RemainingSeconds = null });
        return retry;
    }

    private static bool IsWrittenElsewhere(Exception error) => error is CatalogFileException { IsInUse: true };

    /// <summary>Takes over what the process that changes the file has done since.</summary>
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        if (catalog.Engine is not { } engine)
            return;
        try
        {
            await engine.RefreshAsync(stoppingToken).ConfigureAwait(false);
            catalog.Board.Change(s => s with { Indexed = engine.Count });
        }
        catch (Exception e) when (e is CatalogFileException or OperationCanceledException or ObjectDisposedException)
        {
            Details(e);
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        catalog.Board.Change(s => s with { State = IndexingState.Starting, Message = null });
        var listing = catalog.Shelf.BeginListing();
        var listed = ListAsync(cancellationToken);
        // Both are awaited whatever becomes of the other: an engine that opens late must not be opened twice.
        await Task.WhenAll(listed, OpenAsync(cancellationToken)).ConfigureAwait(false);
        catalog.Shelf.Fill(await listed.ConfigureAwait(false), listing);
        if (catalog.Shelf.All.Count == 0)
            throw new CatalogException("There are no products to recommend from.");
        if (catalog.Engine is { } engine)
            await UpdateAsync(engine, catalog.Shelf.All, cancellationToken).ConfigureAwait(false);
        else
            await BuildAsync(catalog.Shelf.All, cancellationToken).ConfigureAwait(false);
        catalog.Board.Change(s => s with
        {
            State = IndexingState.Ready, CanRecommend = true, Indexed = catalog.Engine!.Count, Done = s.Total, PerSecond = 0, RemainingSeconds = null,
        });
        Finished(catalog.Status.Indexed, catalog.Status.Unreadable);
    }

    /// <summary>Lists the products; a listing that does not look at the token is left behind, so that it never holds the app's end.</summary>
    private Task<List<TItem>> ListAsync(CancellationToken cancellationToken) => Task.Run(() =>
    {
        _watch?.Listing();
        using var scope = scopes.CreateScope();
        return ListedProducts.Read(_options.Products!, scope.ServiceProvider, cancellationToken);
    }, cancellationToken).WaitAsync(cancellationToken);

    /// <summary>Answers from the last start's file at once, when there is one that was finished.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (catalog.Engine is not null || _options.CatalogFile is not { } file || !File.Exists(file))
            return;
        try
        {
            var engine = await _options.Builder().OpenAsync<TItem>(file, cancellationToken).ConfigureAwait(false);
            await catalog.OpenAsync(engine).ConfigureAwait(false);
            catalog.Board.Change(s => s with { CanRecommend = true, Indexed = engine.Count });
            Opened(engine.Count);
        }
        catch (CatalogFileException)
        {
            // Not finished: the build goes on with it. Damaged or of another kind: the build says so.
        }
    }

    private async Task BuildAsync(IReadOnlyList<TItem> items, CancellationToken cancellationToken)
    {
        catalog.Board.Change(s => s with { State = IndexingState.Building, Done = 0, Total = items.Count });
        if (_options.CatalogFile is { } file)
            CreateFolder(file);
        var progress = new BoardProgress(catalog.Board);
        var engine = await _options.Builder().BuildAsync(catalog.ToCatalog(items), _options.CatalogFile, progress, cancellationToken).ConfigureAwait(false);
        await catalog.OpenAsync(engine).ConfigureAwait(false);
        Report(engine.Report?.Unreadable ?? []);
    }

    private async Task UpdateAsync(RecommendationEngine<TItem> engine, IReadOnlyList<TItem> items, CancellationToken cancellationToken)
    {
        catalog.Board.Change(s => s with { State = IndexingState.Updating, Done = 0, Total = items.Count });
        await catalog.ChangeAsync(() => engine.RemoveAsync(Gone(engine), cancellationToken), cancellationToken).ConfigureAwait(false);
        // New products first: they are what a visitor misses.
        var ordered = items.Select(_options.Id!).OrderBy(id => engine.TryGet(id, out _)).ToList();
        var unreadable = new List<UnreadableItem>();
        var (computed, clock) = (0, System.Diagnostics.Stopwatch.StartNew());
        for (var done = 0; done < ordered.Count; done += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = ordered.Skip(done).Take(Batch).ToList();
            if (await catalog.ChangeAsync(() => UpsertAsync(engine, batch, cancellationToken), cancellationToken).ConfigureAwait(false) is { } report)
            {
                unreadable.AddRange(report.Unreadable);
                computed += report.Computed;
            }
            var rate = computed / clock.Elapsed.TotalSeconds;
            catalog.Board.Change(s => s with
            {
                Done = done + batch.Count, Indexed = engine.Count, PerSecond = Math.Round(rate, 1), RemainingSeconds = rate > 0 ? Math.Ceiling((ordered.Count - done) / rate) : null,
            });
        }
        Report(unreadable);
    }

    private List<string> Gone(RecommendationEngine<TItem> engine) =>
        [.. engine.Items.Select(catalog.Reader.Id).OfType<string>().Where(id => !catalog.Shelf.TryGet(id, out _))];

    /// <summary>Upserts products as they are listed by now: one may have been put or removed since the run began.</summary>
    private async Task<BuildReport?> UpsertAsync(RecommendationEngine<TItem> engine, List<string> ids, CancellationToken cancellationToken)
    {
        var items = new List<TItem>(ids.Count);
        foreach (var id in ids)
        {
            if (catalog.Shelf.TryGet(id, out var item))
                items.Add(item);
        }
        return items.Count == 0 ? null : await engine.UpsertAsync(catalog.ToCatalog(items), cancellationToken: cancellationToken).ConfigureAwait(false);
    }

    private static void CreateFolder(string file)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
                Directory.CreateDirectory(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CatalogFileException($"The folder of '{Path.GetFileName(file)}' cannot be created ({e.GetType().Name}). Create it, or set CatalogFile to a path that can be written.", e);
        }
    }

    private void Report(IReadOnlyList<UnreadableItem> unreadable)
    {
        catalog.Board.Change(s => s with { Unreadable = unreadable.Count });
        foreach (var item in unreadable.Take(20))
            Unreadable(item.Id, WithoutPath(item));
    }

    /// <summary>The reason without the name of the picture, which may be a path of this machine.</summary>
    private string WithoutPath(UnreadableItem item) => catalog.Shelf.TryGet(item.Id, out var product)
        ? PublicText.WithoutPaths(item.Reason.Replace($"'{catalog.PictureOf(product).Name}'", "its picture", StringComparison.Ordinal))
        : "its picture cannot be read";
}
