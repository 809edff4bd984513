using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>
/// Orders candidates so that each is similar to the query and unlike those before it (Carbonell and Goldstein, SIGIR 1998, equation 1).
/// </summary>
internal static class MaximalMarginalRelevance
{
    /// <summary>Picks candidates greedily.</summary>
    /// <param name="scores">n similarities to the query, best first.</param>
    /// <param name="rows">n x d unit rows of the candidates.</param>
    /// <param name="before">m x d unit rows of answers picked before.</param>
    /// <param name="count">How many to pick.</param>
    /// <param name="diversity">1 - lambda, above 0, up to 1.</param>
    /// <param name="mayPick">
    /// Called for a candidate that would be picked next; when it returns false, the candidate is skipped for good.
    /// </param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <returns>Positions of the candidates picked, in the order of picking.</returns>
    public static List<int> Pick(
        ReadOnlySpan<float> scores, FeatureMatrix rows, IReadOnlyList<ReadOnlyMemory<float>> before, int count, float diversity,
        Func<int, bool> mayPick,
        CancellationToken cancellationToken)
    {
        var picked = new List<int>(Math.Min(count, scores.Length));
        var (open, left) = (new bool[scores.Length], scores.Length);
        Array.Fill(open, true);
        var nearestPicked = new float[scores.Length];
        Array.Fill(nearestPicked, before.Count == 0 ? 0 : float.NegativeInfinity);
        foreach (var row in before)
            Compare(row.Span, rows, open, nearestPicked);
        var isFirst = before.Count == 0;
        while (picked.Count < count && left > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var best = MostRelevant(scores, open, nearestPicked, diversity);
            open[best] = false;
            left--;
            if (!mayPick(best))
                continue;
            picked.Add(best);
            if (isFirst)
                Array.Fill(nearestPicked, float.NegativeInfinity);
            isFirst = false;
            Compare(rows[best], rows, open, nearestPicked);
        }
        return picked;
    }

    private static int MostRelevant(ReadOnlySpan<float> scores, bool[] open, float[] nearestPicked, float diversity)
    {
        var (best, bestValue) = (-1, float.NegativeInfinity);
        for (var i = 0; i < open.Length; i++)
        {
            if (!open[i])
                continue;
            var value = (1 - diversity) * scores[i] - diversity * nearestPicked[i];
            if (best < 0 || value > bestValue)
                (best, bestValue) = (i, value);
        }
        return best;
    }

    private static void Compare(ReadOnlySpan<float> picked, FeatureMatrix rows, bool[] open, float[] nearestPicked)
    {
        for (var i = 0; i < open.Length; i++)
            if (open[i])
                nearestPicked[i] = Math.Max(nearestPicked[i], TensorPrimitives.Dot<float>(rows[i], picked));
    }
}
