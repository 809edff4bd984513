using System.Diagnostics;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>Measures <see cref="CosineRecommender"/> on one set: exact, tuned to targets, and along the whole curve.</summary>
internal static class EngineTable
{
    private const int Wanted = 10;
    private const int Passes = 3;
    private const int ExactQueries = 200;
    private static readonly double[] Targets = [0.95, 0.98, 0.99, 0.995];
    private static readonly float[] Factors = [0.45f, 0.5f, 0.55f, 0.6f, 0.63f, 0.65f, 0.68f, 0.7f, 0.74f, 0.78f, 0.82f, 0.88f];

    public static async Task<List<Measurement>> MeasureAsync(VectorSet set)
    {
        var points = new List<Measurement>();
        Neighbor[][] truth;
        await using (var exact = new CosineRecommender())
        {
            var build = await BuildAsync(exact, set.Base);
            truth = await TruthAsync(exact, set.Queries);
            points.Add(await MeasureAsync(exact, set.Queries, truth, ExactQueries, "exact", build));
            var together = Stopwatch.StartNew();
            await TruthAsync(exact, set.Queries);
            var perQuery = together.Elapsed.TotalMicroseconds / set.Queries.Rows;
            points.Add(points[0] with { Setting = "exact, all threads", Microseconds = perQuery, AllocatedBytes = null });
        }
        foreach (var target in Targets)
        {
            await using var tuned = new CosineRecommender(new CosineOptions { Recall = target });
            var build = await BuildAsync(tuned, set.Base);
            points.Add(await MeasureAsync(
                tuned, set.Queries, truth, set.Queries.Rows, $"Recall = {target}, measured {tuned.Describe().Recall:F4}", build));
            if (target != Targets[^1])
                continue;
            foreach (var factor in Factors)
            {
                foreach (var part in tuned.Index.Snapshot.Segments)
                    part.Segment.Tuning = new Tuning(factor, 0);
                points.Add(await MeasureAsync(tuned, set.Queries, truth, set.Queries.Rows, $"factor {factor}", build));
            }
        }
        return points;
    }

    public static async Task<double> BuildAsync(CosineRecommender recommender, FeatureMatrix rows)
    {
        var keys = Enumerable.Range(0, rows.Rows).ToArray();
        var watch = Stopwatch.StartNew();
        await recommender.UpsertAsync(keys, rows);
        await recommender.OptimizeAsync();
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Searches on all threads, each for one query at a time.</summary>
    public static async Task<Neighbor[][]> TruthAsync(IRecommender exact, FeatureMatrix queries)
    {
        var best = new Neighbor[queries.Rows][];
        await Parallel.ForAsync(0, queries.Rows, async (i, cancellationToken) =>
        {
            best[i] = new Neighbor[Wanted];
            await exact.SearchAsync(queries.RowMemory(i), best[i], cancellationToken: cancellationToken);
        });
        return best;
    }

    public static async Task<Measurement> MeasureAsync(
        CosineRecommender recommender, FeatureMatrix queries, Neighbor[][] truth, int count, string setting, double buildSeconds)
    {
        var best = new Neighbor[Wanted];
        var (time, hits, allocated) = (double.MaxValue, 0, 0L);
        for (var pass = 0; pass < Passes; pass++)
        {
            hits = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var watch = Stopwatch.StartNew();
            for (var i = 0; i < count; i++)
            {
                await recommender.SearchAsync(queries.RowMemory(i), best);
                hits += Hits(best, truth[i]);
            }
            time = Math.Min(time, watch.Elapsed.TotalMicroseconds / count);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        }
        return new Measurement("ImageRec", setting, hits / (double)(count * Wanted), time, buildSeconds, recommender.Describe().Bytes,
            allocated / (double)count);
    }

    private static int Hits(Neighbor[] found, Neighbor[] truth)
    {
        var hits = 0;
        foreach (var answer in found)
        {
            foreach (var right in truth)
                hits += answer.Key == right.Key ? 1 : 0;
        }
        return hits;
    }
}
