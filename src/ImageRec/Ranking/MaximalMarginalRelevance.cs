using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Ranking;

/// <summary>Orders candidates so that each is similar to the query and unlike those before it (Carbonell and Goldstein, SIGIR 1998, equation 1).</summary>
internal static class MaximalMarginalRelevance
{
    /// <summary>Picks candidates greedily.</summary>
    /// <param name="scores">n similarities to the query, best first.</param>
    /// <param name="rows">n x d unit rows of the candidates.</param>
    /// <param name="count">How many to pick.</param>
    /// <param name="diversity">1 - lambda, 0 to 1.</param>
    /// <param name="mayPick">Asked for a candidate that would be picked next; when it says no, the candidate is passed over for good.</param>
    /// <returns>Positions of the candidates picked, in the order of picking.</returns>
    public static List<int> Pick(ReadOnlySpan<float> scores, FeatureMatrix rows, int count, float diversity, Func<int, bool> mayPick)
    {
        var picked = new List<int>(count);
        var open = Enumerable.Range(0, scores.Length).ToList();
        var nearestPicked = new float[scores.Length];
        Array.Fill(nearestPicked, float.NegativeInfinity);
        while (picked.Count < count && open.Count > 0)
        {
            var best = 0;
            var bestValue = float.NegativeInfinity;
            for (var i = 0; i < open.Count; i++)
            {
                var redundancy = picked.Count == 0 ? 0 : nearestPicked[open[i]];
                var value = (1 - diversity) * scores[open[i]] - diversity * redundancy;
                if (value > bestValue)
                    (best, bestValue) = (i, value);
            }
            var chosen = open[best];
            open.RemoveAt(best);
            if (!mayPick(chosen))
                continue;
            picked.Add(chosen);
            foreach (var other in open)
                nearestPicked[other] = Math.Max(nearestPicked[other], TensorPrimitives.Dot<float>(rows[other], rows[chosen]));
        }
        return picked;
    }
}
