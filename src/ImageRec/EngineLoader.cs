using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Storage;
using static System.FormattableString;

namespace ImageRec;

/// <summary>Makes an engine from a finished catalog file.</summary>
internal static class EngineLoader
{
    // Rows are handed to the recommender in blocks that fit one matrix.
    private const int MaxBlockNumbers = 1 << 30;

    /// <param name="file">Owned by the engine from then on.</param>
    /// <param name="components">Owned by the engine from then on.</param>
    /// <param name="own">The caller's items by id, handed back as they are; null when opening.</param>
    /// <param name="report">Of the build; null when opening.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    public static async Task<RecommendationEngine<TItem>> LoadAsync<TItem>(
        CatalogFile file, Components components, Dictionary<string, TItem>? own, BuildReport? report, CancellationToken cancellationToken)
    {
        CatalogRows? rows = null;
        IRecommender? recommender = null;
        try
        {
            // All of it from one moment, although another process may be writing.
            var (moment, loading) = await LoadMomentAsync(file, components, own, cancellationToken).ConfigureAwait(false);
            (rows, recommender) = loading;
            if (report is { Computed: > 0 } or { Removed: > 0 })
            {
                // From one start, so that the same items make the same file whatever came before.
                if (recommender is CosineRecommender cosine)
                    await cosine.OptimizeAsync(cancellationToken).ConfigureAwait(false);
                IndexState.Save(file, recommender);
            }
            moment = moment with { Rows = (recommender as CosineRecommender)?.TakeView() };
            return new RecommendationEngine<TItem>(file, components, moment, recommender, rows, report);
        }
        catch
        {
            rows?.Dispose();
            if (recommender is not null)
                await recommender.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<(Moment<TItem> Moment, (CatalogRows Rows, IRecommender Recommender) Loading)> LoadMomentAsync<TItem>(
        CatalogFile file, Components components, Dictionary<string, TItem>? own, CancellationToken cancellationToken)
    {
        CatalogRows? rows = null;
        IRecommender? recommender = null;
        using var reading = file.BeginReading();
        StoredSettings.Require<TItem>(file, components);
        var pipeline = PipelineState.Load(file, components);
        var position = file.Guard(file.Log.Read);
        // On a thread and a connection of their own, where there can be a second one: items and rows take about as long.
        var itemsBeside = file.Path is null
            ? null
            : Task.Run(() => LoadItemsBeside(file.Path, components, own, pipeline, cancellationToken), cancellationToken);
        try
        {
            rows = new CatalogRows(file, pipeline.Dimensions);
            recommender = components.Ranking.Create(rows, components.Seed);
            if (!await TryLoadIndexAsync(file, components, recommender, rows, cancellationToken).ConfigureAwait(false))
                await LoadRowsAsync(recommender, rows, file.Items.CountFinished(), pipeline.Dimensions, cancellationToken)
                    .ConfigureAwait(false);
            var items = itemsBeside is not null && await itemsBeside.ConfigureAwait(false) is { } beside && beside.Position == position
                ? beside.Items
                : LoadItems(file, components, own, pipeline, cancellationToken);
            if (recommender.Count != items.Count && recommender is CosineRecommender)
                throw new InvalidOperationException(
                    $"{recommender.Name} holds {recommender.Count} rows after loading; the catalog has {items.Count} items.");
            return (new Moment<TItem>(items, pipeline, null, position, PipelineState.Checksum(file)), (rows, recommender));
        }
        catch
        {
            rows?.Dispose();
            if (recommender is not null)
                await recommender.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            if (itemsBeside is not null)
                await ((Task)itemsBeside).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static (LogPosition Position, ItemTable<TItem> Items) LoadItemsBeside<TItem>(
        string path, Components components, Dictionary<string, TItem>? own, RowPipeline pipeline, CancellationToken cancellationToken)
    {
        using var file = CatalogFile.Open(path);
        using var reading = file.BeginReading();
        return (file.Guard(file.Log.Read), LoadItems(file, components, own, pipeline, cancellationToken));
    }

    /// <summary>Reads the items, whatever part of the rows the recommender reads.</summary>
    private static ItemTable<TItem> LoadItems<TItem>(
        CatalogFile file, Components components, Dictionary<string, TItem>? own, RowPipeline pipeline, CancellationToken cancellationToken)
    {
        var json = components.ItemJson<TItem>();
        var records = new List<ItemRecord<TItem>>();
        foreach (var (item, row) in file.Items.ReadAll(pipeline.Dimensions))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var number = pipeline.CategoryOf(row.Span);
            records.Add(own is not null && own.TryGetValue(item.Id, out var mine) ? new(item, number, mine) : new(item, number, json));
        }
        return ItemTable<TItem>.Of(records);
    }

    /// <summary>Loads the state of the recommender, if it keeps one and the file has it.</summary>
    private static async Task<bool> TryLoadIndexAsync(
        CatalogFile file, Components components, IRecommender recommender, CatalogRows rows, CancellationToken cancellationToken)
    {
        if (recommender is not IPersistentRecommender persistent)
            return false;
        using var state = file.State.OpenRead(IndexState.Name);
        if (state is null)
            return false;
        try
        {
            await persistent.LoadStateAsync(state, rows, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (InvalidDataException e)
        {
            // The rows are there, and the index is learned again.
            components.Logger.IndexLearnedAgain(file.Name, e.Message);
            return false;
        }
    }

    private static async Task LoadRowsAsync(
        IRecommender recommender, CatalogRows rows, int count, int dimensions, CancellationToken cancellationToken)
    {
        var blockRows = Math.Max(1, MaxBlockNumbers / dimensions);
        foreach (var block in rows.ReadAll().Chunked(count, blockRows, dimensions))
            await recommender.UpsertAsync(block.Keys, block.Rows, cancellationToken).ConfigureAwait(false);
    }
}
