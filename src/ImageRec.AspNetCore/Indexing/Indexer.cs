using System.Diagnostics;
using ImageRec.AspNetCore.Catalog;
using ImageRec.AspNetCore.Observability;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Indexing;

/// <summary>Runs when it is asked to, when something is due and again when a run failed; reports what becomes of it.</summary>
internal sealed class Indexer<TItem>(
    VisualCatalog<TItem> catalog, IndexingRun<TItem> run, CatalogMetrics metrics, ILogger log) : BackgroundService
{
    /// <summary>Products left out that are logged one by one.</summary>
    private const int MostLogged = 20;

    private static readonly TimeSpan s_longestRetry = TimeSpan.FromMinutes(5);
    private readonly ImageRecOptions<TItem> _options = catalog.Options;
    private readonly UnfinishedCopies<TItem> _copies = new(catalog);
    private readonly IndexerSchedule _schedule = new();
    private TimeSpan? _retry;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var watch = _options is { Watch: true, PhotosFolder: { } photos }
            ? new FolderWatch(photos, _options.WatchInterval, catalog.Label, log)
            : null;
        run.Listing = watch is null ? null : watch.Listing;
        var watching = watch?.RunAsync(catalog.Reindex, stoppingToken) ?? Task.CompletedTask;
        while (!stoppingToken.IsCancellationRequested)
        {
            IndexerTurn turn = default;
            try
            {
                turn = await catalog.Switch.WaitAsync(_schedule.Wait, stoppingToken).ConfigureAwait(false);
                using var end = CancellationTokenSource.CreateLinkedTokenSource(turn.Halt, stoppingToken);
                if (turn.IsAsked || _schedule.IsRunDue)
                    await RunAsync(turn.IsAsked, end.Token).ConfigureAwait(false);
                else if (_schedule.AreCopiesDue)
                    await ReadCopiesAsync(end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (turn.Halt.IsCancellationRequested || stoppingToken.IsCancellationRequested)
            {
                Halted(stoppingToken.IsCancellationRequested ? IndexingState.Stopped : catalog.Switch.HaltedAs);
            }
            catch (IndexedElsewhereException)
            {
                await ElsewhereAsync(stoppingToken).ConfigureAwait(false);
            }
#pragma warning disable CA1031 // Whatever a component of the app throws, the site goes on answering and the status says what happened.
            catch (Exception e)
#pragma warning restore CA1031
            {
                await FailedAsync(e, stoppingToken).ConfigureAwait(false);
            }
        }
        await watching.ConfigureAwait(false);
        // Another server takes over at once.
        await run.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync(bool isAsked, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.GetTimestamp();
        _schedule.CopiesAfter(null);
        try
        {
            var unreadable = await run.RunAsync(isAsked, cancellationToken).ConfigureAwait(false);
            metrics.Indexed(Stopwatch.GetElapsedTime(clock));
            LeftOut(_copies.Begin(unreadable), unreadable);
            log.Finished(catalog.Label, catalog.Status.Indexed, unreadable.Count);
        }
        catch (Exception e) when (e is not IndexedElsewhereException)
        {
            metrics.Indexed(Stopwatch.GetElapsedTime(clock), e.GetType().FullName);
            throw;
        }
        _retry = null;
        _schedule.RunAfter(_options.ReindexInterval);
    }

    private async Task ReadCopiesAsync(CancellationToken cancellationToken)
    {
        _schedule.CopiesAfter(null);
        var others = catalog.Status.Unreadable - _copies.Ids.Count;
        var report = await run.UpsertAsync(_copies.Ids, cancellationToken).ConfigureAwait(false);
        var unreadable = report?.Unreadable ?? [];
        var indexed = await catalog.CountAsync(cancellationToken).ConfigureAwait(false);
        catalog.Board.Change(s => s with { Indexed = indexed, Unreadable = others + unreadable.Count });
        LeftOut(_copies.Continue(unreadable), unreadable);
    }

    /// <summary>Logs what is left out and what is read again, and when.</summary>
    private void LeftOut(IReadOnlyList<UnreadableItem> leftOut, IReadOnlyList<UnreadableItem> unreadable)
    {
        _schedule.CopiesAfter(_copies.Delay);
        foreach (var item in leftOut.Take(MostLogged))
            log.LeftOut(catalog.Label, item.Id, Reason(item));
        if (leftOut.Count > MostLogged)
            log.MoreLeftOut(catalog.Label, leftOut.Count - MostLogged);
        if (_copies.Delay is not { } delay)
            return;
        foreach (var item in unreadable.Where(item => _copies.Ids.Contains(item.Id)).Take(MostLogged))
            log.CopyUnfinished(catalog.Label, item.Id, delay, Reason(item));
    }

    private void Halted(IndexingState state)
    {
        if (catalog.Status.State != IndexingState.Ready)
            log.Halted(catalog.Label, state, catalog.Status.Done, catalog.Status.Total);
        catalog.Board.Change(s => s with { State = state, PerSecond = 0, RemainingSeconds = null });
    }

    /// <summary>
    /// Reports what went wrong, and plans another run: what failed may work later, because a database or a file is there again.
    /// </summary>
    private async Task FailedAsync(Exception error, CancellationToken stoppingToken)
    {
        log.FailureDetails(catalog.Label, error);
        if (error is CatalogFileException { IsInUse: true })
        {
            _retry = null;
            _schedule.RunAfter(_options.FirstRetry);
            log.Waiting(catalog.Label, error.Message, _options.FirstRetry);
            await FollowAsync(stoppingToken).ConfigureAwait(false);
            var what = _options.CatalogFile is { } file ? $"'{Path.GetFileName(file)}'" : "the catalog";
            var message = $"Another process, or another part of this one, changes {what}. "
                + "Recommendations follow it, and indexing waits until it has finished.";
            catalog.Board.Change(s => s with { State = IndexingState.Waiting, Message = message, PerSecond = 0, RemainingSeconds = null });
            return;
        }
        var retry = _retry is not { } last ? _options.FirstRetry : last * 2 < s_longestRetry ? last * 2 : s_longestRetry;
        (_retry, var reason) = (retry, PublicText.Of(error, _options.CatalogFile, _options.PhotosFolder));
        _schedule.RunAfter(retry);
        log.Failed(catalog.Label, error is SharedCatalogException ? error.Message : reason, error.GetType().Name, retry);
        catalog.Board.Change(s => s with { State = IndexingState.Failed, Message = reason, PerSecond = 0, RemainingSeconds = null });
    }

    /// <summary>Serves what another server indexes, and looks again whether that one is there.</summary>
    private async Task ElsewhereAsync(CancellationToken stoppingToken)
    {
        _retry = null;
        _schedule.RunAfter(_options.FirstRetry);
        if (catalog.Status.State != IndexingState.Waiting)
            log.IndexedElsewhere(catalog.Label);
        try
        {
            var indexed = catalog.Engine is null ? 0 : await catalog.CountAsync(stoppingToken).ConfigureAwait(false);
            catalog.Board.Change(s => s with
            {
                State = IndexingState.Waiting, Message = "Another server indexes this catalog; what it has is served.", Indexed = indexed,
                PerSecond = 0, RemainingSeconds = null,
            });
        }
        catch (Exception e) when (e is SharedCatalogException or OperationCanceledException)
        {
            log.FailureDetails(catalog.Label, e);
        }
    }

    /// <summary>Takes over what the process that changes the file has done since.</summary>
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        // Only an engine on a file has to be asked to follow it.
        if (catalog.Engine is not RecommendationEngine<TItem> engine)
            return;
        try
        {
            await engine.RefreshAsync(stoppingToken).ConfigureAwait(false);
            catalog.Board.Change(s => s with { Indexed = engine.Count });
        }
        catch (Exception e) when (e is CatalogFileException or OperationCanceledException or ObjectDisposedException)
        {
            log.FailureDetails(catalog.Label, e);
        }
    }

    /// <summary>The reason without the name of the picture, which may be a path of this machine.</summary>
    private string Reason(UnreadableItem item) => catalog.Shelf.TryGet(item.Id, out var product)
        ? PublicText.WithoutPaths(item.Reason.Replace($"'{catalog.PictureOf(product).Name}'", "its picture", StringComparison.Ordinal))
        : "its picture cannot be read";
}
