using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>
/// Chooses the weight of the categories: rows are queries, with the probabilities they had when held out, among the rows of other groups
/// with their own category.
/// </summary>
internal static class FusionWeight
{
    private const int MaxQueries = 1000;
    private const int MaxRows = 4000;
    private static readonly float[] s_tried = [0, 0.25f, 0.35f, 0.5f, 0.7f, 1, 1.4f, 2, 2.8f];

    /// <summary>Measures weights.</summary>
    /// <param name="unitRows">n x d.</param>
    /// <param name="labels">n category numbers.</param>
    /// <param name="groups">n group numbers.</param>
    /// <param name="heldOut">n x k probabilities.</param>
    /// <param name="judged">Rows that may be queries.</param>
    /// <param name="given">The weight, when it is not to be chosen.</param>
    /// <param name="context">Seed and cancellation.</param>
    /// <returns>
    /// The quality of every weight tried, the image alone first, or of the image alone and the one weight that was given.
    /// </returns>
    public static FusionQuality[] Measure(
        FeatureMatrix unitRows, int[] labels, int[] groups, FeatureMatrix heldOut, int[] judged, float? given, FitContext context)
    {
        float[] weights = given is { } weight ? [0, weight] : s_tried;
        var rows = Chosen(Enumerable.Range(0, unitRows.Rows), MaxRows, context.Seed);
        var things = rows.DistinctBy(row => (labels[row], groups[row])).CountBy(row => labels[row]).ToDictionary();
        var queries = Chosen(rows.Intersect(judged).Where(row => things[labels[row]] > 1), MaxQueries, context.Seed);
        var measured = new (double Precision, double Average)[weights.Length, queries.Length];
        Parallel.For(0, queries.Length, new ParallelOptions { CancellationToken = context.CancellationToken }, q =>
        {
            var list = new FusedRanking(unitRows, labels, groups, rows, queries[q]);
            var agreement = heldOut[queries[q]].ToArray();
            for (var w = 0; w < weights.Length; w++)
                measured[w, q] = list.Quality(agreement, weights[w]);
        });
        return [.. weights.Select((weight, w) => Summary(weight, [.. Enumerable.Range(0, queries.Length).Select(q => measured[w, q])]))];
    }

    /// <summary>
    /// Chooses the lightest weight whose quality is within a standard error of the best (Breiman, Friedman, Olshen and Stone,
    /// "Classification and regression trees", 1984, section 3.4.3): what a heavier one would gain is in doubt, and it hides how similar the
    /// images are.
    /// </summary>
    public static FusionQuality Choose(ReadOnlySpan<FusionQuality> measured)
    {
        var best = measured[1];
        foreach (var quality in measured[1..])
            best = quality.Value > best.Value ? quality : best;
        foreach (var quality in measured[1..])
            if (quality.Value >= best.Value - best.StandardError)
                return quality;
        return best;
    }

    private static FusionQuality Summary(float weight, (double Precision, double Average)[] queries)
    {
        if (queries.Length == 0)
            return new FusionQuality(weight, 0, 0, 0);
        var values = Array.ConvertAll(queries, q => (q.Precision + q.Average) / 2);
        var mean = values.Average();
        var variance = values.Sum(value => (value - mean) * (value - mean)) / Math.Max(1, values.Length - 1);
        return new FusionQuality(
            weight, queries.Average(q => q.Precision), queries.Average(q => q.Average), Math.Sqrt(variance / values.Length));
    }

    private static int[] Chosen(IEnumerable<int> from, int most, int seed)
    {
        var all = from.ToArray();
        if (all.Length <= most)
            return all;
        new Random(seed).Shuffle(all);
        Array.Sort(all, 0, most);
        return all[..most];
    }
}
