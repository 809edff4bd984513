using ImageRec.Storage;
using ImageRec.Vectors;

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
        var recommender = components.CreateRecommender();
        try
        {
            await LoadRowsAsync();
        }
        catch
        {
            await recommender.DisposeAsync();
            throw;
        }
        return new RecommendationEngine<TItem>(file, components, pipeline, recommender, new ItemTable<TItem>(records), report);

        async Task LoadRowsAsync()
        {
            var blockRows = Math.Max(1, MaxBlockNumbers / pipeline.Dimensions);
            var afterKey = -1;
            while (records.Count < count)
            {
                var start = records.Count;
                var rows = new FeatureMatrix(Math.Min(blockRows, count - start), pipeline.Dimensions);
                file.Items.Visit(pipeline.Dimensions, afterKey, rows.Rows, (item, row) =>
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    row.CopyTo(rows[records.Count - start]);
                    records.Add(own is not null && own.TryGetValue(item.Id, out var mine) ? new(item, mine) : new(item, components.Json));
                });
                var keys = records.Skip(start).Select(r => r.Key).ToArray();
                afterKey = keys[^1];
                await recommender.UpsertAsync(keys, rows, cancellationToken);
            }
        }
    }

    private static void CheckSettings<TItem>(CatalogFile file, Components components)
    {
        var found = file.State.ReadJson<CatalogSettings>("settings") ?? throw file.Damaged("its settings are missing");
        if (found.Stage != BuildStage.Complete)
            throw new CatalogFileException($"The build of '{file.Name}' was interrupted at {file.Items.CountFinished():N0} items. Run the same build again; it computes only what is missing.");
        var wanted = components.Settings<TItem>(BuildStage.Complete);
        if (found.Fingerprint != wanted.Fingerprint)
            throw new CatalogFileException($"'{file.Name}' was built with {found.Extractor} ({found.Fingerprint}), not with {wanted.Extractor} ({wanted.Fingerprint}). Use the extractor it was built with.");
        if (found.ItemType != wanted.ItemType)
            throw new CatalogFileException($"'{file.Name}' holds items of type {found.ItemType}, not {wanted.ItemType}. Open it with the type it was built with.");
    }
}
