using ImageRec.Answering;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Evaluation.Sampling;

/// <summary>Finds the nearest other items of many items.</summary>
internal static class NeighborLists
{
    // A search looks at every item; in a large catalog fewer are searched for.
    private const long MaxComparisons = 2_000_000_000;

    /// <summary>Returns the items to search for: all, or as many as are worth the time.</summary>
    public static IReadOnlyList<ItemRecord<TItem>> Choose<TItem>(RecommendationEngine<TItem> engine, int most, int seed)
    {
        var items = engine.Records();
        return ItemSample.Choose(items, (int)Math.Min(most, Math.Max(100, MaxComparisons / Math.Max(1, items.Count))), seed);
    }

    /// <param name="engine">The engine.</param>
    /// <param name="items">n items.</param>
    /// <param name="rows">What to search with for each item, n x d.</param>
    /// <param name="count">Neighbors per item.</param>
    /// <param name="progress">Receives reports of progress.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>n lists, nearest first, without the item itself and exact copies of its image.</returns>
    public static async Task<Neighbor[][]> FindAsync<TItem>(
        RecommendationEngine<TItem> engine, IReadOnlyList<ItemRecord<TItem>> items, FeatureMatrix rows, int count,
        IProgress<EvaluationProgress>? progress, CancellationToken cancellationToken)
    {
        var lists = new Neighbor[items.Count][];
        var done = 0;
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, items.Count, parallel, async (i, stop) =>
        {
            bool IsAnother(int key) => key != items[i].Key && engine.RecordOf(key)?.Hash != items[i].Hash;
            var best = new Neighbor[Math.Min(count, engine.Count)];
            var found = await engine.Recommender
                .SearchAsync(rows.RowMemory(i), best, IsAnother, cancellationToken: stop).ConfigureAwait(false);
            lists[i] = best[..found];
            var now = Interlocked.Increment(ref done);
            if (now % 200 == 0 || now == items.Count)
                progress?.Report(new EvaluationProgress("Finding neighbors", now, items.Count));
        }).ConfigureAwait(false);
        return lists;
    }
}
