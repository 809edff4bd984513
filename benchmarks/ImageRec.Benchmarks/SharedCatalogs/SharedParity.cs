using System.Diagnostics;

namespace ImageRec.Benchmarks.SharedCatalogs;

/// <summary>Compares the answers of a shared catalog with those of an engine in this process, and the time of both.</summary>
internal static class SharedParity
{
    public const int Count = 10;

    /// <summary>Returns which share of the exact answers a shared catalog gives, 0 to 1, and how often it gives fewer.</summary>
    public static async Task<(double Overlap, int Short)> CompareAsync<TItem>(
        IRecommendationEngine<TItem> exact, IRecommendationEngine<TItem> shared, IReadOnlyList<ReadOnlyMemory<float>> queries,
        Func<TItem, bool>? where = null)
    {
        var (same, wanted, tooFew) = (0, 0, 0);
        foreach (var query in queries)
        {
            var options = new RecommendOptions<TItem> { Count = Count, Where = where };
            var truth = await exact.RecommendByVectorAsync(query, options);
            var found = await shared.RecommendByVectorAsync(query, options);
            wanted += truth.Count;
            // Equal scores may come in another order: what scores as well as the last is as right.
            var least = truth.Count == 0 ? 1 : truth[^1].Score - 1e-5f;
            same += found.Count(hit => hit.Score >= least);
            if (found.Count < truth.Count)
                tooFew++;
        }
        return (wanted == 0 ? 1 : Math.Min(1, same / (double)wanted), tooFew);
    }

    /// <summary>Returns the median time of one query after another, in milliseconds.</summary>
    public static async Task<double> MedianAsync(IReadOnlyList<ReadOnlyMemory<float>> queries, Func<ReadOnlyMemory<float>, Task> ask)
    {
        foreach (var query in queries.Take(20))
            await ask(query);
        var times = new List<double>();
        foreach (var query in queries)
        {
            var start = Stopwatch.GetTimestamp();
            await ask(query);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        return times.Order().ElementAt(times.Count / 2);
    }
}
