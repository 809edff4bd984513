using System.Numerics.Tensors;
using ImageRec.Evaluation.Metrics;
using ImageRec.Evaluation.Sampling;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Evaluation.Inspection;

/// <summary>Compares an engine's search with a plain double loop, and counts how often items are found.</summary>
internal static class IndexEvaluation
{
    // Two sums of the same products in another order.
    private const float Rounding = 1e-5f;
    private const int BlockRows = 65_536;

    public static async Task<IndexReport> RunAsync<TItem>(
        RecommendationEngine<TItem> engine, IndexOptions options, IProgress<EvaluationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var recall = await RecallAsync(engine, options, progress, cancellationToken).ConfigureAwait(false);
        var items = NeighborLists.Choose(engine, options.MaxItems, options.Seed);
        var rows = await engine.RowsOfAsync(items, cancellationToken).ConfigureAwait(false);
        var lists = await NeighborLists
            .FindAsync(engine, items, rows, options.Neighbors, progress, cancellationToken).ConfigureAwait(false);
        var occurrences = items.ToDictionary(i => i.Key, _ => 0);
        foreach (var neighbor in lists.SelectMany(l => l).Where(n => occurrences.ContainsKey(n.Key)))
            occurrences[neighbor.Key]++;
        var largest = items.MaxBy(i => occurrences[i.Key]);
        return new IndexReport(engine.Recommender.Name)
        {
            Neighbors = options.Neighbors,
            Recall = recall,
            Hubness = IndexMetrics.Skewness([.. occurrences.Values.Select(o => (double)o)]),
            LargestHub = largest is null ? 0 : occurrences[largest.Key],
            LargestHubId = largest?.Id,
            NeverFound = items.Count == 0 ? double.NaN : occurrences.Values.Count(o => o == 0) / (double)items.Count,
            Items = items.Count,
        };
    }

    private static async Task<Estimate> RecallAsync<TItem>(
        RecommendationEngine<TItem> engine, IndexOptions options, IProgress<EvaluationProgress>? progress,
        CancellationToken cancellationToken)
    {
        var all = engine.Records();
        var queries = ItemSample.Choose(all, options.Queries, options.Seed);
        var rows = await engine.RowsOfAsync(queries, cancellationToken).ConfigureAwait(false);
        var count = Math.Min(options.Neighbors, all.Count);
        var exact = new PriorityQueue<float, float>[queries.Count];
        for (var i = 0; i < exact.Length; i++)
            exact[i] = new PriorityQueue<float, float>(count + 1);
        var parallel = new ParallelOptions { CancellationToken = cancellationToken };
        for (var start = 0; start < all.Count; start += BlockRows)
        {
            var block = await engine.RowsOfAsync([.. all.Skip(start).Take(BlockRows)], cancellationToken).ConfigureAwait(false);
            Parallel.For(0, queries.Count, parallel, i => Keep(exact[i], rows[i], block, count));
            progress?.Report(new EvaluationProgress("Searching exactly", Math.Min(start + BlockRows, all.Count), all.Count));
        }
        var found = new double[queries.Count];
        for (var i = 0; i < found.Length; i++)
        {
            var best = new Neighbor[count];
            var answers = await engine.Recommender
                .SearchAsync(rows.RowMemory(i), best, cancellationToken: cancellationToken).ConfigureAwait(false);
            // The front of the queue is the last of the true nearest.
            var least = exact[i].Count == 0 ? 0 : exact[i].Peek() - Rounding;
            found[i] = best[..answers].Count(n => n.Score >= least) / (double)count;
        }
        return Bootstrap.Mean(found, seed: options.Seed);
    }

    private static void Keep(PriorityQueue<float, float> best, ReadOnlySpan<float> query, FeatureMatrix block, int count)
    {
        for (var i = 0; i < block.Rows; i++)
        {
            var score = TensorPrimitives.Dot(query, block[i]);
            if (best.Count < count)
                best.Enqueue(score, score);
            else if (score > best.Peek())
                best.EnqueueDequeue(score, score);
        }
    }
}
