using System.Numerics.Tensors;
using ImageRec.Answering;
using ImageRec.Evaluation.Metrics;
using ImageRec.Evaluation.Sampling;
using ImageRec.Indexing;
using ImageRec.Ranking;

namespace ImageRec.Evaluation.Inspection;

/// <summary>Searches a catalog for duplicates, outliers and labels that are likely wrong.</summary>
internal sealed class DataInspection<TItem>(
    RecommendationEngine<TItem> engine, DataCheckOptions options, IProgress<EvaluationProgress>? progress,
    CancellationToken cancellationToken)
{
    // The third quartile of the standard normal distribution: the median absolute deviation of one standard deviation.
    private const double DeviationOfNormal = 0.6745;

    public async Task<DataReport> RunAsync()
    {
        var items = NeighborLists.Choose(engine, options.MaxItems, options.Seed);
        // With its own category in the row, an item would find its label rather than similar items.
        var rows = await engine.HeldOutRowsOfAsync(items, cancellationToken).ConfigureAwait(false);
        var lists = await NeighborLists
            .FindAsync(engine, items, rows, options.Neighbors, progress, cancellationToken).ConfigureAwait(false);
        return new DataReport
        {
            ExactDuplicates = ExactDuplicates(),
            NearDuplicates = await NearDuplicatesAsync(items, lists).ConfigureAwait(false),
            Outliers = Outliers(items, lists),
            SuspectLabels = SuspectLabels(items, lists),
            Items = items.Count,
        };
    }

    private List<IReadOnlyList<string>> ExactDuplicates() =>
        [.. engine.Records().GroupBy(r => r.Hash).Where(g => g.Skip(1).Any()).OrderByDescending(g => g.Count())
            .Take(options.MaxFindings).Select(IReadOnlyList<string> (g) => [.. g.Select(r => r.Id)])];

    private async Task<List<NearDuplicate>> NearDuplicatesAsync(IReadOnlyList<ItemRecord<TItem>> items, Neighbor[][] lists)
    {
        var pairs = new Dictionary<(int, int), float>();
        for (var i = 0; i < lists.Length; i++)
            foreach (var neighbor in lists[i])
            {
                var pair = (Math.Min(items[i].Key, neighbor.Key), Math.Max(items[i].Key, neighbor.Key));
                // Rows that carry learned categories bring images together that look different.
                var score = engine.Learner is null ? neighbor.Score : await ImageScoreAsync(pair).ConfigureAwait(false);
                if (score >= options.NearDuplicateScore)
                    pairs[pair] = score;
            }
        var named = from pair in pairs
                    let first = engine.RecordOf(pair.Key.Item1)
                    let second = engine.RecordOf(pair.Key.Item2)
                    where first is not null && second is not null
                    orderby pair.Value descending, pair.Key
                    select new NearDuplicate(first.Id, second.Id, pair.Value);
        return [.. named.Take(options.MaxFindings)];
    }

    private async Task<float> ImageScoreAsync((int First, int Second) pair)
    {
        float[] first = new float[engine.Dimensions], second = new float[engine.Dimensions];
        await engine.Recommender.TryGetRowAsync(pair.First, first, cancellationToken).ConfigureAwait(false);
        await engine.Recommender.TryGetRowAsync(pair.Second, second, cancellationToken).ConfigureAwait(false);
        return TensorPrimitives.Dot(engine.ImagePart(first).Span, engine.ImagePart(second).Span);
    }

    private List<Outlier> Outliers(IReadOnlyList<ItemRecord<TItem>> items, Neighbor[][] lists)
    {
        var known = Enumerable.Range(0, items.Count).Where(i => lists[i].Length > 0).ToArray();
        if (known.Length == 0)
            return [];
        var similarity = known.Select(i => lists[i].Average(n => (double)n.Score)).ToArray();
        var median = Median(similarity);
        var spread = Median([.. similarity.Select(s => Math.Abs(s - median))]) / DeviationOfNormal;
        // When more than half are equal there is no spread to measure by.
        if (spread == 0)
            return [];
        return [.. known.Zip(similarity, (i, mean) => new Outlier(items[i].Id, mean, (median - mean) / spread))
            .Where(o => o.Deviations >= options.OutlierDeviations).OrderByDescending(o => o.Deviations).Take(options.MaxFindings)];
    }

    private List<SuspectLabel> SuspectLabels(IReadOnlyList<ItemRecord<TItem>> items, Neighbor[][] lists)
    {
        var suspects = new List<(SuspectLabel Label, double Similarity)>();
        for (var i = 0; i < lists.Length; i++)
        {
            if (items[i].Category is not { } category)
                continue;
            var winner = CategoryVote.Winner(lists[i].Select(n => (engine.RecordOf(n.Key)?.Category, n.Score)), options.Neighbors);
            if (winner is not { } other || other.Category == category || other.Share < options.SuspectShare)
                continue;
            var label = new SuspectLabel(items[i].Id, category, other.Category, other.Share);
            suspects.Add((label, lists[i].Average(n => (double)n.Score)));
        }
        // Among equal shares, nearer neighbors are the stronger evidence.
        return [.. suspects.OrderByDescending(s => s.Label.Share).ThenByDescending(s => s.Similarity)
            .Take(options.MaxFindings).Select(s => s.Label)];
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return Bootstrap.Quantile(sorted, 0.5);
    }
}
