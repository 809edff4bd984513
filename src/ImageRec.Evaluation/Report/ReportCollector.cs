using ImageRec.Answering;
using ImageRec.Evaluation.Inspection;
using ImageRec.Evaluation.Queries;
using ImageRec.Evaluation.Sampling;

namespace ImageRec.Evaluation.Report;

/// <summary>Measures an engine for its report.</summary>
internal sealed class ReportCollector<TItem>(
    RecommendationEngine<TItem> engine, ReportOptions<TItem> options, IProgress<EvaluationProgress>? progress,
    CancellationToken cancellationToken)
{
    private const int ClusterImages = 10;
    private const int Examples = 6;
    private const int Findings = 1000;
    private const int MeasuredItems = 5000;
    private static readonly int[] s_elbow = [2, 4, 8, 16, 32, 64, 128];
    private readonly IReadOnlyList<ItemRecord<TItem>> _items = engine.Records();

    public async Task<ReportData> CollectAsync()
    {
        var (evaluation, reason) = await EvaluateAsync().ConfigureAwait(false);
        var check = new DataCheckOptions { MaxFindings = Findings, MaxItems = MeasuredItems, Seed = options.Seed };
        var data = await new DataInspection<TItem>(engine, check, progress, cancellationToken).RunAsync().ConfigureAwait(false);
        var best = evaluation is null ? [] : Varied(evaluation.PerQuery.OrderByDescending(q => q.AveragePrecision));
        var worst = evaluation is null ? [] : Varied(evaluation.PerQuery.OrderBy(q => q.AveragePrecision));
        var clusters = new ClusteringOptions { ElbowOver = ElbowOver(), MaxItems = MeasuredItems, Seed = options.Seed };
        var index = new IndexOptions { MaxItems = MeasuredItems, Queries = 200, Seed = options.Seed };
        var report = new ReportData
        {
            Title = options.Title ?? (engine.FilePath is { } file ? Path.GetFileNameWithoutExtension(file) : "Catalog"),
            Pipeline = engine.Describe(),
            Items = _items.Count,
            Learned = engine.Learner is not null,
            Dimensions = engine.Dimensions,
            Build = engine.Report,
            Categories = Categories(),
            Evaluation = evaluation,
            NoEvaluation = reason,
            ExplainedVariance = engine.ExplainedVarianceRatio.ToArray(),
            Clustering = await ClusteringEvaluation.RunAsync(engine, clusters, progress, cancellationToken).ConfigureAwait(false),
            Index = await IndexEvaluation.RunAsync(engine, index, progress, cancellationToken).ConfigureAwait(false),
            Data = data,
            Map = await MapAsync().ConfigureAwait(false),
            Clusters = Clusters(),
            Best = best,
            Worst = worst,
            Thumbnails = new Thumbnails(ImageLimits.Default),
            Written = DateTime.UtcNow,
        };
        await new ReportImages<TItem>(engine, options, progress, cancellationToken).AddAsync(report).ConfigureAwait(false);
        return report;
    }

    private async Task<(EvaluationReport? Report, string? Reason)> EvaluateAsync()
    {
        if (options.Evaluation is not null)
            return (options.Evaluation, null);
        var ask = new EvaluationOptions { Cutoffs = [1, 5, 10, 20], MaxQueries = MeasuredItems, Seed = options.Seed };
        try
        {
            return (await new Evaluator<TItem>(engine, ask, progress, cancellationToken).LeaveOneOutAsync().ConfigureAwait(false), null);
        }
        catch (CatalogException e)
        {
            return (null, e.Message);
        }
    }

    private List<KeyValuePair<string, int>> Categories() =>
        [.. _items.Where(i => i.Category is not null).CountBy(i => i.Category!, StringComparer.Ordinal)
            .OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)];

    /// <summary>Returns the first query of each category, then the second ones, and so on.</summary>
    private static List<QueryResult> Varied(IEnumerable<QueryResult> sorted) =>
        [.. sorted.GroupBy(q => q.Category, StringComparer.Ordinal)
            .SelectMany(g => g.Take(Examples).Select((query, position) => (query, position)))
            .OrderBy(q => q.position).Take(Examples).Select(q => q.query)];

    private List<int> ElbowOver()
    {
        var chosen = engine.Pipeline.Clustering.ClusterCount;
        return [.. s_elbow.Append(chosen).Where(k => k >= 2 && k <= Math.Max(2, _items.Count / 4)).Distinct().Order()];
    }

    private async Task<List<ReportPoint>> MapAsync()
    {
        var shown = options.MapItems == 0 ? [] : ItemSample.Choose(_items, options.MapItems, options.Seed);
        if (shown.Count == 0)
            return [];
        var locations = PrincipalPlane.Project(await engine.RowsOfAsync(shown, cancellationToken).ConfigureAwait(false));
        var (left, top) = (locations.Min(p => p.X), locations.Max(p => p.Y));
        var (width, height) = (locations.Max(p => p.X) - left, top - locations.Min(p => p.Y));
        var byCategory = shown.Any(i => i.Category is not null);
        return [.. shown.Select((item, i) => new ReportPoint(
            item.Id,
            byCategory ? item.Category ?? "(none)" : $"Cluster {item.Cluster + 1}",
            width > 0 ? (locations[i].X - left) / width : 0.5,
            height > 0 ? (top - locations[i].Y) / height : 0.5))];
    }

    private List<ReportCluster> Clusters() =>
        [.. engine.Clusters().Where(c => c.Size > 0).OrderByDescending(c => c.Size).Take(options.Clusters).Select(cluster =>
        {
            var (category, count) = cluster.MemberIds.Select(id => engine.RecordOf(id)?.Category).OfType<string>()
                .CountBy(c => c, StringComparer.Ordinal).OrderByDescending(c => c.Value).FirstOrDefault();
            var shown = cluster.MemberIds.Take(ClusterImages).ToList();
            return new ReportCluster(cluster.Index, cluster.Size, shown, category, count / (double)cluster.Size);
        })];
}
