using ImageRec.Ranking;
using ImageRec.Storage;
using static System.FormattableString;

namespace ImageRec.Building;

/// <summary>Makes an engine from a finished catalogue file.</summary>
internal static class EngineLoader
{
    // Rows are handed to the recommender in blocks that fit one matrix.
    private const int MaxBlockNumbers = 1 << 30;

    /// <param name="file">Owned by the engine from then on.</param>
    /// <param name="components">Likewise.</param>
    /// <param name="own">The caller's items by id, handed back as they are; null when opening.</param>
    /// <param name="report">Of the build; null when opening.</param>
    /// <param name="cancellationToken">Stops the loading.</param>
    public static async Task<RecommendationEngine<TItem>> LoadAsync<TItem>(
        CatalogFile file, Components components, Dictionary<string, TItem>? own, BuildReport? report, CancellationToken cancellationToken)
    {
        CheckSettings<TItem>(file, components);
        var pipeline = PipelineState.Load(file, components);
        var count = file.Items.CountFinished();
        var records = new List<ItemRecord<TItem>>(count);
        var rows = new CatalogRows(file, pipeline.Dimensions)
        {
            Passed = item =>
            {
                cancellationToken.ThrowIfCancellationRequested();
                records.Add(own is not null && own.TryGetValue(item.Id, out var mine) ? new(item, mine) : new(item, components.Json));
            },
        };
        IRecommender? recommender = null;
        try
        {
            recommender = components.Ranking.Create(rows, components.Seed);
            if (!await TryLoadIndexAsync(file, recommender, rows, cancellationToken).ConfigureAwait(false))
            {
                records.Clear();
                await LoadRowsAsync(recommender, rows, count, pipeline.Dimensions, cancellationToken).ConfigureAwait(false);
            }
            if (records.Count == 0)
                foreach (var _ in rows.ReadAll())
                    continue;
            rows.Passed = null;
            if (report is { Computed: > 0 } or { Removed: > 0 })
            {
                // From one start, so that the same items give the same file whatever came before.
                if (recommender is CosineRecommender cosine)
                    await cosine.OptimizeAsync(cancellationToken).ConfigureAwait(false);
                IndexState.Save(file, recommender);
            }
        }
        catch
        {
            rows.Dispose();
            if (recommender is not null)
                await recommender.DisposeAsync().ConfigureAwait(false);
            throw;
        }
        return new RecommendationEngine<TItem>(file, components, pipeline, recommender, rows, new ItemTable<TItem>(records), report);
    }

    /// <summary>Takes over what the recommender had learned of the rows, if it keeps such a thing and the file has it.</summary>
    private static async Task<bool> TryLoadIndexAsync(CatalogFile file, IRecommender recommender, CatalogRows rows, CancellationToken cancellationToken)
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
        catch (InvalidDataException)
        {
            // Another version's: the rows are there, and it is learned anew.
            return false;
        }
    }

    private static async Task LoadRowsAsync(IRecommender recommender, CatalogRows rows, int count, int dimensions, CancellationToken cancellationToken)
    {
        var blockRows = Math.Max(1, MaxBlockNumbers / dimensions);
        foreach (var block in rows.ReadAll().Chunked(count, blockRows, dimensions))
            await recommender.UpsertAsync(block.Keys, block.Rows, cancellationToken).ConfigureAwait(false);
    }

    private static void CheckSettings<TItem>(CatalogFile file, Components components)
    {
        var found = file.State.ReadJson<CatalogSettings>("settings") ?? throw file.Damaged("its settings are missing");
        if (found.Stage != BuildStage.Complete)
            throw new CatalogFileException(Invariant($"The build of '{file.Name}' was interrupted at {file.Items.CountFinished():N0} items. Run the same build again; it computes only what is missing."));
        var wanted = components.Settings<TItem>(BuildStage.Complete);
        if (found.Fingerprint != wanted.Fingerprint)
            throw new CatalogFileException($"'{file.Name}' was built with {found.Extractor} ({found.Fingerprint}), not with {wanted.Extractor} ({wanted.Fingerprint}). Use the extractor it was built with.");
        if (found.ItemType != wanted.ItemType)
            throw new CatalogFileException($"'{file.Name}' holds items of type {found.ItemType}, not {wanted.ItemType}. Open it with the type it was built with.");
    }
}
