namespace ImageRec.Evaluation;

/// <summary>The category that most neighbours have, each counted by its similarity; of equals that of the nearest.</summary>
internal static class CategoryVote
{
    /// <param name="answers">Neighbours, nearest first; those without a category do not vote.</param>
    /// <param name="voters">How many of them vote.</param>
    /// <returns>The winner and its share of the votes, 0 to 1; null when nobody votes.</returns>
    public static (string Category, double Share)? Winner(IEnumerable<QueryAnswer> answers, int voters)
    {
        var votes = new OrderedDictionary<string, double>(StringComparer.Ordinal);
        double all = 0;
        foreach (var answer in answers.Where(a => a.Category is not null).Take(voters))
        {
            // A dissimilar neighbour still says a little, so that a query far from everything gets an answer.
            var weight = Math.Max(answer.Score, 1e-3);
            votes[answer.Category!] = votes.GetValueOrDefault(answer.Category!) + weight;
            all += weight;
        }
        if (votes.Count == 0)
            return null;
        var best = votes.MaxBy(v => v.Value);
        return (best.Key, best.Value / all);
    }
}
