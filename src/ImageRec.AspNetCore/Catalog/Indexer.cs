using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore;

/// <summary>Brings the catalogue file to what the app lists, while the endpoints answer from what is there already.</summary>
internal sealed partial class Indexer<TItem>(VisualCatalog<TItem> catalog, IServiceScopeFactory scopes, ILogger<Indexer<TItem>> log) : BackgroundService
{
    /// <summary>Products added at a time: what a pause waits for, and what a kill in the middle of an update loses.</summary>
    private const int Batch = 32;

    private readonly ImageRecOptions<TItem> _options = catalog.Options;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            CancellationToken halt = default;
            try
            {
                halt = await catalog.Switch.WaitAsync(stoppingToken).ConfigureAwait(false);
                using var run = CancellationTokenSource.CreateLinkedTokenSource(halt, stoppingToken);
                await RunAsync(run.Token).ConfigureAwait(false);
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
                var reason = Publish(e);
                Failed(reason, e.GetType().Name);
                catalog.Board.Change(s => s with { State = IndexingState.Failed, Message = reason, PerSecond = 0, RemainingSeconds = null });
            }
        }
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        catalog.Board.Change(s => s with { State = IndexingState.Starting, Message = null });
        var (listed, opened) = (ListAsync(cancellationToken), OpenAsync(cancellationToken));
        catalog.Shelf.Fill(await listed.ConfigureAwait(false));
        await opened.ConfigureAwait(false);
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

    private async Task<List<TItem>> ListAsync(CancellationToken cancellationToken) => await Task.Run(() =>
    {
        using var scope = scopes.CreateScope();
        return _options.Products!(scope.ServiceProvider).ToList();
    }, cancellationToken).ConfigureAwait(false);

    /// <summary>Answers from the last start's file at once, when there is one that was finished.</summary>
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (catalog.Engine is not null || _options.CatalogFile is not { } file || !File.Exists(file))
            return;
        try
        {
            var engine = await _options.Builder().OpenAsync<TItem>(file, cancellationToken).ConfigureAwait(false);
            catalog.Open(engine);
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
        if (_options.CatalogFile is { } file && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder)
            Directory.CreateDirectory(folder);
        var engine = await _options.Builder().BuildAsync(catalog.ToCatalog(items), _options.CatalogFile, new BoardProgress(catalog.Board), cancellationToken).ConfigureAwait(false);
        catalog.Open(engine);
        Report(engine.Report?.Unreadable ?? []);
    }

    private async Task UpdateAsync(RecommendationEngine<TItem> engine, IReadOnlyList<TItem> items, CancellationToken cancellationToken)
    {
        catalog.Board.Change(s => s with { State = IndexingState.Updating, Done = 0, Total = items.Count });
        var listed = items.Select(_options.Id!).ToHashSet(StringComparer.Ordinal);
        await engine.RemoveAsync(engine.Items.Select(_options.Id!).Where(id => !listed.Contains(id)).ToList(), cancellationToken).ConfigureAwait(false);
        // New products first: they are what a visitor misses.
        var ordered = items.OrderBy(item => engine.TryGet(_options.Id!(item), out _)).ToList();
        var unreadable = new List<UnreadableItem>();
        var (computed, clock) = (0, System.Diagnostics.Stopwatch.StartNew());
        for (var done = 0; done < ordered.Count; done += Batch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var batch = ordered.Skip(done).Take(Batch).ToList();
            var report = await engine.UpsertAsync(catalog.ToCatalog(batch), cancellationToken).ConfigureAwait(false);
            unreadable.AddRange(report.Unreadable);
            computed += report.Computed;
            var rate = computed / clock.Elapsed.TotalSeconds;
            catalog.Board.Change(s => s with
            {
                Done = done + batch.Count, Indexed = engine.Count, PerSecond = Math.Round(rate, 1), RemainingSeconds = rate > 0 ? Math.Ceiling((ordered.Count - done) / rate) : null,
            });
        }
        Report(unreadable);
    }

    private void Report(IReadOnlyList<UnreadableItem> unreadable)
    {
        catalog.Board.Change(s => s with { Unreadable = unreadable.Count });
        foreach (var item in unreadable.Take(20))
            Unreadable(item.Id, WithoutPath(item));
    }

    /// <summary>The reason without the name of the picture, which may be a path of this machine.</summary>
    private string WithoutPath(UnreadableItem item) => catalog.Shelf.TryGet(item.Id, out var product)
        ? item.Reason.Replace($"'{_options.Image!(product).Name}'", "its picture", StringComparison.Ordinal)
        : "its picture cannot be read";

    /// <summary>What the page may show of an error: sentences meant for people, without paths of this machine.</summary>
    private string Publish(Exception error)
    {
        if (error is not (CatalogException or CatalogFileException or UnreadableImageException or InvalidOperationException or ArgumentException))
            return $"Indexing stopped because of an unexpected error ({error.GetType().Name}).";
        var text = error.Message;
        if (_options.CatalogFile is { } file)
            text = text.Replace(Path.GetFullPath(file), Path.GetFileName(file), StringComparison.Ordinal).Replace(file, Path.GetFileName(file), StringComparison.Ordinal);
        return text;
    }

    [LoggerMessage(LogLevel.Information, "Recommending from {Indexed} products of the last start")]
    private partial void Opened(int indexed);

    [LoggerMessage(LogLevel.Information, "Indexing is done: {Indexed} products, {Unreadable} without a readable picture")]
    private partial void Finished(int indexed, int unreadable);

    [LoggerMessage(LogLevel.Information, "Indexing is {State} at {Done} of {Total} products")]
    private partial void Halted(IndexingState state, int done, int total);

    [LoggerMessage(LogLevel.Error, "Indexing failed: {Reason} [{ErrorType}]")]
    private partial void Failed(string reason, string errorType);

    [LoggerMessage(LogLevel.Warning, "Product {ProductId} is left out: {Reason}")]
    private partial void Unreadable(string productId, string reason);
}
