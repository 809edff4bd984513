using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using ImageRec.Ranking;

namespace ImageRec.Torture;

/// <summary>Catalogs of things, and what they should answer, by plain loops.</summary>
internal static class Things
{
    public const int Dimensions = 16;

    // What sums of 16 products of floats may differ by.
    private const double Tolerance = 4e-6;

    /// <summary>The numbers of a thing's picture.</summary>
    public static float[] Row(Thing thing) => Row((int)XxHash32.HashToUInt32(Encoding.UTF8.GetBytes($"{thing.Id} {thing.Stamp}")));

    /// <summary>Numbers of a picture that no thing has.</summary>
    public static float[] Row(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => (float)(random.NextDouble() - 0.5))];
    }

    public static ImageSource Picture(float[] row, string name = "picture") =>
        ImageSource.FromBytes(MemoryMarshal.AsBytes(row.AsSpan()).ToArray(), name);

    public static ImageCatalog<Thing> Catalog(IEnumerable<Thing> things) =>
        things.ToCatalog(t => t.Id, t => Picture(Row(t), t.Id), t => t.Category);

    /// <summary>A builder whose build goes through every stage in many small batches.</summary>
    /// <param name="extractor">Reads the pictures; one without pauses unless given.</param>
    /// <param name="codesOnly">Rows are read from the file while it is asked.</param>
    /// <param name="follow">How often an engine that reads looks for changes.</param>
    public static RecommenderBuilder Builder(RowExtractor? extractor = null, bool codesOnly = false, TimeSpan? follow = null) =>
        new RecommenderBuilder { FitSampleRows = 8, RefreshInterval = follow }.UseExtractor(extractor ?? new RowExtractor())
            .WithoutReduction().WithoutClusters()
            .RankByCosine(o => o.Memory = codesOnly ? MemoryMode.CodesOnly : MemoryMode.Floats);

    /// <summary>Says what is wrong with an answer.</summary>
    /// <param name="answer">The engine's.</param>
    /// <param name="things">What the catalog holds.</param>
    /// <param name="query">What was asked.</param>
    /// <param name="count">How many were asked for.</param>
    /// <param name="except">An id that is not recommended.</param>
    /// <returns>Null when the answer is right.</returns>
    public static string? Wrong(
        IReadOnlyList<Recommendation<Thing>> answer, IEnumerable<Thing> things, float[] query, int count, string? except = null)
    {
        var scores = things.Where(t => t.Id != except).ToDictionary(t => t.Id, t => (Thing: t, Score: Cosine(query, Row(t))));
        var best = scores.Values.Select(s => s.Score).OrderDescending().Take(count).ToList();
        if (answer.Count != best.Count)
            return $"{answer.Count} answers instead of {best.Count}";
        for (var i = 0; i < best.Count; i++)
        {
            var hit = answer[i];
            if (!scores.TryGetValue(hit.Id, out var known))
                return $"answer {i} is '{hit.Id}', which is not there";
            if (known.Thing != hit.Item || hit.Category != known.Thing.Category)
                return $"answer {i} is {hit.Item} of {hit.Category}, where there is {known.Thing} of {known.Thing.Category}";
            if (Math.Abs(known.Score - hit.Score) > Tolerance)
                return $"answer {i}, {hit.Item}, has score {hit.Score:R} instead of {known.Score:R}";
            if (Math.Abs(best[i] - hit.Score) > Tolerance)
                return $"answer {i}, {hit.Item}, has score {hit.Score:R}; the best so far left has {best[i]:R}";
        }
        return answer.DistinctBy(h => h.Id).Count() == answer.Count ? null : "an id is recommended twice";
    }

    public static double Cosine(float[] a, float[] b)
    {
        double dot = 0, left = 0, right = 0;
        for (var i = 0; i < a.Length; i++)
            (dot, left, right) = (dot + (double)a[i] * b[i], left + (double)a[i] * a[i], right + (double)b[i] * b[i]);
        return dot / Math.Sqrt(left * right);
    }
}
