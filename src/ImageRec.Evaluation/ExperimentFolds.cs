using System.Globalization;
using ImageRec.Building;
using ImageRec.Learning;

namespace ImageRec.Evaluation;

/// <summary>Divides the catalog of an experiment: the same folds for every cell, photos of one thing in one of them.</summary>
internal static class ExperimentFolds
{
    /// <summary>Folds that keep together what the caller's groups say, and else what nearly equal rows of the first network that works
    /// say.</summary>
    public static async Task<IReadOnlyList<CatalogFold<TItem>>> OfAsync<TItem>(
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
                return catalog.Folds(options.Folds, entry => groups.TryGetValue(entry.Id, out var group) ? group : "item " + entry.Id, options.Seed);
        }
        return catalog.Folds(options.Folds, seed: options.Seed);
    }

    private static async Task<Dictionary<string, string>> GroupsAsync<TItem>(
        ExperimentExtractor extractor, ImageCatalog<TItem> catalog, ExperimentOptions options, string cache, CancellationToken cancellationToken)
    {
        var named = (await CatalogList.ReadAsync(catalog, cancellationToken).ConfigureAwait(false)).ToDictionary(entry => entry.Id, entry => entry.Group, StringComparer.Ordinal);
        // What it computes stays in the cache for the cells.
        using var features = new CachedFeatureExtractor(extractor.Create(), cache);
        var builder = new RecommenderBuilder { Seed = options.Seed }.UseExtractor(features).WithoutClusters();
        if (features.Dimensions <= Reduction.PcaReducer.DimensionsForCategories)
            builder.WithoutReduction();
        var engine = await builder.BuildAsync(catalog, cancellationToken: cancellationToken).ConfigureAwait(false);
        await using var _ = engine.ConfigureAwait(false);
        var items = engine.Records();
        var rows = await engine.RowsOfAsync(items, cancellationToken).ConfigureAwait(false);
        var groups = PhotoGroups.Of(rows, [.. items.Select(item => named[item.Id])], cancellationToken);
        return items.Index().ToDictionary(item => item.Item.Id, item => "group " + groups[item.Index].ToString(CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }
}
