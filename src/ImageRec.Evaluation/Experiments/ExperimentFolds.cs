using System.Globalization;
using ImageRec.Building;
using ImageRec.Evaluation.Caching;
using ImageRec.Learning;
using ImageRec.Reduction;

namespace ImageRec.Evaluation.Experiments;

/// <summary>Divides the catalog of an experiment into the same folds for every cell, with photos of one product in one fold.</summary>
internal static class ExperimentFolds
{
    /// <summary>
    /// Returns folds that keep together what the caller's groups name, and without groups the items whose rows are nearly equal by the
    /// first network that works.
    /// </summary>
    public static async Task<IReadOnlyList<(ImageCatalog<TItem> Training, ImageCatalog<TItem> HeldOut)>> OfAsync<TItem>(
        ExperimentGrid grid, ImageCatalog<TItem> catalog, ExperimentOptions options, string cache, CancellationToken cancellationToken)
    {
        foreach (var extractor in grid.Extractors)
        {
            Dictionary<string, string> groups;
            try
            {
                groups = await GroupsAsync(extractor, catalog, options, cache, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                // Its cells will say what is wrong.
                continue;
            }
            if (groups.Values.Distinct(StringComparer.Ordinal).Count() >= options.Folds)
                return catalog.Folds(options.Folds, entry => groups.GetValueOrDefault(entry.Id) ?? "item " + entry.Id, options.Seed);
        }
        return catalog.Folds(options.Folds, seed: options.Seed);
    }

    private static async Task<Dictionary<string, string>> GroupsAsync<TItem>(
        ExperimentExtractor extractor, ImageCatalog<TItem> catalog, ExperimentOptions options, string cache,
        CancellationToken cancellationToken)
    {
        var named = (await CatalogList.ReadAsync(catalog, cancellationToken).ConfigureAwait(false))
            .ToDictionary(entry => entry.Id, entry => entry.Group, StringComparer.Ordinal);
        // What it computes stays in the cache for the cells.
        using var features = new CachedFeatureExtractor(extractor.Create(), cache);
        var builder = new RecommenderBuilder { Seed = options.Seed }.UseExtractor(features).WithoutClusters();
        if (features.Dimensions <= PcaReducer.DimensionsForCategories)
            builder.WithoutReduction();
        var engine = await builder.BuildAsync(catalog, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var items = engine.Records();
        var rows = await engine.RowsOfAsync(items, cancellationToken).ConfigureAwait(false);
        var groups = PhotoGroups.Of(rows, [.. items.Select(item => named[item.Id])], cancellationToken);
        return items.Index().ToDictionary(
            item => item.Item.Id, item => "group " + groups[item.Index].ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }
}
