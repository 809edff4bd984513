using ImageRec.Clustering;
using ImageRec.Evaluation.Metrics;
using ImageRec.Evaluation.Sampling;
using ImageRec.Vectors;

namespace ImageRec.Evaluation.Inspection;

/// <summary>Measures the clusters of an engine, and k-means with other numbers of clusters.</summary>
internal static class ClusteringEvaluation
{
    public static async Task<ClusteringReport> RunAsync<TItem>(
        RecommendationEngine<TItem> engine, ClusteringOptions options, IProgress<EvaluationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var all = engine.Records();
        var items = ItemSample.Choose(all, options.MaxItems, options.Seed);
        var rows = await engine.RowsOfAsync(items, cancellationToken).ConfigureAwait(false);
        string?[] categories = [.. items.Select(i => i.Category)];
        var elbow = new List<ClusteringReport>();
        foreach (var count in options.ElbowOver)
        {
            progress?.Report(new EvaluationProgress("Trying numbers of clusters", elbow.Count, options.ElbowOver.Count));
            var kmeans = new KMeansClusterer(new KMeansOptions { Clusters = count });
            var groups = kmeans.Fit(rows, new FitContext(options.Seed, cancellationToken)).AssignAll(rows, cancellationToken);
            elbow.Add(Report(rows, groups, categories, options, count, groups.Distinct().Count(), []));
        }
        var clusters = engine.Pipeline.Clustering.ClusterCount;
        // A sample may miss small clusters; all items tell which are empty.
        var used = all.Select(i => i.Cluster).Distinct().Count();
        return Report(rows, [.. items.Select(i => i.Cluster)], categories, options, clusters, used, elbow);
    }

    private static ClusteringReport Report(
        FeatureMatrix rows, int[] groups, string?[] categories, ClusteringOptions options, int clusters, int used,
        IReadOnlyList<ClusteringReport> elbow)
    {
        var labeled = Enumerable.Range(0, groups.Length).Where(i => categories[i] is not null).ToArray();
        int[] labeledGroups = [.. labeled.Select(i => groups[i])];
        string[] labels = [.. labeled.Select(i => categories[i]!)];
        return new ClusteringReport
        {
            Clusters = clusters,
            Empty = clusters - used,
            Items = groups.Length,
            Inertia = ClusteringMetrics.Inertia(rows, groups),
            Silhouette = ClusteringMetrics.Silhouette(rows, groups, options.SilhouetteSample, options.Seed),
            DaviesBouldin = ClusteringMetrics.DaviesBouldin(rows, groups),
            Purity = labels.Length == 0 ? double.NaN : ClusteringMetrics.Purity(labeledGroups, labels),
            NormalizedMutualInformation =
                labels.Length == 0 ? double.NaN : ClusteringMetrics.NormalizedMutualInformation(labeledGroups, labels),
            Elbow = elbow,
        };
    }
}
