using ImageRec.Building;
using ImageRec.Clustering;
using ImageRec.Vectors;

namespace ImageRec.Evaluation;

/// <summary>Measures the clusters of an engine.</summary>
internal static class ClusteringEvaluation
{
    public static async Task<ClusteringReport> RunAsync<TItem>(
        RecommendationEngine<TItem> engine, ClusteringOptions options, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        var items = ItemSample.Choose(engine.Records(), options.MaxItems, options.Seed);
        var rows = await engine.RowsOfAsync(items, cancellationToken).ConfigureAwait(false);
        var clusters = items.Select(i => i.Cluster).ToArray();
        var labelled = items.Where(i => i.Category is not null).ToList();
        var labels = labelled.ConvertAll(i => i.Category!);
        var groups = labelled.Select(i => i.Cluster).ToArray();
        return new ClusteringReport
        {
            Clusters = engine.Pipeline.Clustering.ClusterCount,
            Empty = engine.Clusters(cancellationToken).Count(c => c.Size == 0),
            Items = items.Count,
            Inertia = ClusteringMetrics.Inertia(rows, clusters),
            Silhouette = ClusteringMetrics.Silhouette(rows, clusters, options.SilhouetteSample, options.Seed),
            DaviesBouldin = ClusteringMetrics.DaviesBouldin(rows, clusters),
            Purity = labels.Count == 0 ? double.NaN : ClusteringMetrics.Purity(groups, labels),
            NormalizedMutualInformation = labels.Count == 0 ? double.NaN : ClusteringMetrics.NormalizedMutualInformation(groups, labels),
            Elbow = Elbow(rows, options, progress, cancellationToken),
        };
    }

    private static List<ElbowPoint> Elbow(FeatureMatrix rows, ClusteringOptions options, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        var points = new List<ElbowPoint>();
        foreach (var clusters in options.ElbowOver)
        {
            progress?.Report(new EvaluationProgress("Trying numbers of clusters", points.Count, options.ElbowOver.Count));
            var clustering = new KMeansClusterer(new KMeansOptions { Clusters = clusters }).Fit(rows, new FitContext(options.Seed, cancellationToken));
            var groups = clustering.AssignAll(rows, cancellationToken);
            points.Add(new ElbowPoint(
                clusters, ClusteringMetrics.Inertia(rows, groups) / Math.Max(1, rows.Rows), ClusteringMetrics.Silhouette(rows, groups, options.SilhouetteSample, options.Seed)));
        }
        return points;
    }
}
