namespace ImageRec.Evaluation.Metrics;

/// <summary>Lets neighbors vote on a category. Each vote weighs as much as the neighbor is similar; the nearest breaks a tie.</summary>
internal static class CategoryVote
{
    /// <param name="neighbors">Category and score of each neighbor, nearest first. Those without a category do not vote.</param>
    /// <param name="voters">How many of them vote.</param>
    /// <returns>The winner and its share of the votes, 0 to 1; null when nobody votes.</returns>
    public static (string Category, double Share)? Winner(IEnumerable<(string? Category, float Score)> neighbors, int voters)
    {
        var votes = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        double all = 0;
        foreach (var (category, score) in neighbors.Where(n => n.Category is not null).Take(voters))
        {
            // A dissimilar neighbor still has a small vote, so that a query far from everything gets an answer.
            var weight = Math.Max(score, 1e-3);
            votes[category!] = votes.GetValueOrDefault(category!) + weight;
            all += weight;
        }
        if (votes.Count == 0)
            return null;
        var best = votes.MaxBy(v => v.Value);
        return (best.Key, best.Value / all);
    }
}
