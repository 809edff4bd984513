using ImageRec.Answering;
using ImageRec.Building;
using ImageRec.Images;

namespace ImageRec.Evaluation.Report;

/// <summary>Measures an engine for its report and makes the thumbnails.</summary>
internal sealed class ReportCollector<TItem>(
    RecommendationEngine<TItem> engine, ReportOptions<TItem> options, IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
{
    private const int ClusterPictures = 10;
    private const int Queries = 6;
    private const int Findings = 1000;
    private const int MeasuredItems = 5000;
    private static readonly int[] s_elbow = [2, 4, 8, 16, 32, 64, 128];
    private readonly IReadOnlyList<ItemRecord<TItem>> _items = engine.Records();

    public async Task<ReportData> CollectAsync()
    {
        var (evaluation, reason) = await EvaluateAsync().ConfigureAwait(false);
        var data = await engine.CheckDataAsync(new DataCheckOptions { MaxFindings = Findings, MaxItems = MeasuredItems, Seed = options.Seed }, progress, cancellationToken).ConfigureAwait(false);
        var best = evaluation is null ? [] : Varied(evaluation.PerQuery.OrderByDescending(q => q.AveragePrecision));
        var worst = evaluation is null ? [] : Varied(evaluation.PerQuery.OrderBy(q => q.AveragePrecision));
        var report = new ReportData
        {
            Title = options.Title ?? (engine.FilePath is { } file ? Path.GetFileNameWithoutExtension(file) : "Catalogue"),
            Pipeline = engine.Describe(),
            Items = _items.Count,
            Learned = engine.Learner is not null,
            Dimensions = engine.Dimensions,
            Build = engine.Report,
            Categories = [.. _items.Where(i => i.Category is not null).CountBy(i => i.Category!, StringComparer.Ordinal).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal)],
            Evaluation = evaluation,
            NoEvaluation = reason,
            ExplainedVariance = engine.ExplainedVarianceRatio.ToArray(),
            Clustering = await engine.EvaluateClustersAsync(new ClusteringOptions { ElbowOver = ElbowOver(), MaxItems = MeasuredItems, Seed = options.Seed }, progress, cancellationToken).ConfigureAwait(false),
            Index = await engine.EvaluateIndexAsync(new IndexOptions { MaxItems = MeasuredItems, Queries = 200, Seed = options.Seed }, progress, cancellationToken).ConfigureAwait(false),
            Data = data,
            Map = await MapAsync().ConfigureAwait(false),
            Clusters = Clusters(),
            Best = best,
            Worst = worst,
            Thumbnails = new Thumbnails(ImageLimits.Default),
            Written = DateTime.UtcNow,
        };
        await AddPicturesAsync(report).ConfigureAwait(false);
        return report;
    }

    private async Task<(EvaluationReport? Report, string? Reason)> EvaluateAsync()
    {
        if (options.Evaluation is not null)
            return (options.Evaluation, null);
        try
        {
            var ask = new EvaluationOptions { Cutoffs = [1, 5, 10, 20], MaxQueries = MeasuredItems, Seed = options.Seed };
            return (await engine.EvaluateAsync(ask, progress, cancellationToken).ConfigureAwait(false), null);
        }
        catch (CatalogException e)
        {
            return (null, e.Message);
        }
    }

    /// <summary>The first of each category, then the next ones.</summary>
    private static List<QueryResult> Varied(IEnumerable<QueryResult> sorted) =>
        [.. sorted.GroupBy(q => q.Category, StringComparer.Ordinal).SelectMany(g => g.Take(Queries).Select((query, place) => (query, place)))
            .OrderBy(q => q.place).Take(Queries).Select(q => q.query)];

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
        var places = PrincipalPlane.Project(await engine.RowsOfAsync(shown, cancellationToken).ConfigureAwait(false));
        var (left, top) = (places.Min(p => p.X), places.Max(p => p.Y));
        var (width, height) = (places.Max(p => p.X) - left, top - places.Min(p => p.Y));
        var byCategory = shown.Any(i => i.Category is not null);
        return [.. shown.Select((item, i) => new ReportPoint(
            item.Id,
            byCategory ? item.Category ?? "(none)" : $"Cluster {item.Cluster + 1}",
            width > 0 ? (places[i].X - left) / width : 0.5,
            height > 0 ? (top - places[i].Y) / height : 0.5))];
    }

    private List<ReportCluster> Clusters() =>
        [.. engine.Clusters().Where(c => c.Size > 0).OrderByDescending(c => c.Size).Take(options.Clusters).Select(cluster =>
        {
            var top = cluster.MemberIds.Select(id => engine.RecordOf(id)?.Category).OfType<string>().CountBy(c => c, StringComparer.Ordinal).OrderByDescending(c => c.Value).FirstOrDefault();
            return new ReportCluster(cluster.Index, cluster.Size, [.. cluster.MemberIds.Take(ClusterPictures)], top.Key, top.Value / (double)cluster.Size);
        })];

    private async Task AddPicturesAsync(ReportData report)
    {
        var strips = report.Clusters.SelectMany(c => c.Shown)
            .Concat(report.Best.Concat(report.Worst).SelectMany(q => q.Answers.Take(ReportStrips.MaxAnswers).Select(a => a.Id)))
            .Concat(report.Data.ExactDuplicates.Take(ReportStrips.MaxFindings).SelectMany(g => g.Take(ReportStrips.MaxAnswers)))
            .Concat(report.Data.NearDuplicates.Take(ReportStrips.MaxFindings).SelectMany(n => new[] { n.FirstId, n.SecondId }))
            .Concat(report.Data.Outliers.Take(ReportStrips.MaxFindings).Select(o => o.Id))
            .Concat(report.Data.SuspectLabels.Take(ReportStrips.MaxFindings).Select(s => s.Id)).ToHashSet(StringComparer.Ordinal);
        var map = report.Map.Select(p => p.Id).ToHashSet(StringComparer.Ordinal);
        var queries = report.Best.Concat(report.Worst).Select(q => q.Id).Distinct(StringComparer.Ordinal).ToList();
        if (report.Evaluation?.Method == EvaluationMethod.LeaveOneOut)
            strips.UnionWith(queries);
        var wanted = strips.Union(map).Select(id => (Key: id, Picture: ItemPicture(id), Strip: strips.Contains(id), Map: map.Contains(id)));
        if (report.Evaluation?.Method == EvaluationMethod.Queries && options.QueryPicture is { } queryPicture)
            wanted = wanted.Concat(queries.Select(id => (ReportStrips.QueryKey(id), MissingImageSource.Ask(id, () => queryPicture(id)), true, false)));
        var all = wanted.Where(w => w.Picture is not null).ToList();
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(all, parallel, async (w, stop) =>
        {
            await report.Thumbnails.AddAsync(w.Key, w.Picture!, w.Strip, w.Map, stop).ConfigureAwait(false);
            var now = Interlocked.Increment(ref done);
            if (now % 100 == 0 || now == all.Count)
                progress?.Report(new EvaluationProgress("Drawing pictures", now, all.Count));
        }).ConfigureAwait(false);
    }

    private ImageSource? ItemPicture(string id)
    {
        if (engine.RecordOf(id) is not { } record)
            return null;
        if (options.Picture is { } picture)
            return MissingImageSource.Ask(id, () => picture(record.Item));
        return record.Item is CatalogItem { Path: { } path } ? ImageSource.FromFile(path) : null;
    }
}
