namespace ImageRec.Evaluation.Metrics;

/// <summary>Measures one ranking. <c>relevant[i]</c> says whether the answer at rank i + 1 is relevant.</summary>
/// <remarks>Manning, Raghavan and Schütze, Introduction to Information Retrieval, 2008, sections 8.3 and 8.4.</remarks>
internal static class RankingMetrics
{
    /// <summary>Returns the share of relevant answers among the first k, or among all candidates when there are fewer than k.</summary>
    /// <param name="relevant">The ranking, or its first k answers. Answers that a search should have returned but did not count as
    /// misses.</param>
    /// <param name="k">1 or more.</param>
    /// <param name="candidates">How many items could have been answers, 1 or more. The default is the ranking's length.</param>
    public static double Precision(ReadOnlySpan<bool> relevant, int k, int? candidates = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var answers = Math.Min(k, candidates ?? relevant.Length);
        return answers == 0 ? 0 : Hits(relevant, k) / (double)answers;
    }

    /// <summary>Returns the share of all relevant items that are among the first k answers.</summary>
    /// <param name="relevant">The ranking, or its first k answers.</param>
    /// <param name="k">1 or more.</param>
    /// <param name="relevantItems">The number of relevant items among the candidates. 0 gives NaN.</param>
    public static double Recall(ReadOnlySpan<bool> relevant, int k, int relevantItems)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return relevantItems == 0 ? double.NaN : Hits(relevant, k) / (double)relevantItems;
    }

    /// <summary>Returns 1 when any of the first k answers is relevant, else 0.</summary>
    /// <param name="relevant">The ranking, or its first k answers.</param>
    /// <param name="k">1 or more.</param>
    public static double Hit(ReadOnlySpan<bool> relevant, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        return Hits(relevant, k) > 0 ? 1 : 0;
    }

    /// <summary>
    /// Returns the mean, over the relevant items, of the precision at the rank of each. An item that is not in the ranking counts 0.
    /// </summary>
    /// <param name="relevant">The whole ranking.</param>
    /// <param name="relevantItems">The number of relevant items among the candidates. 0 gives NaN.</param>
    public static double AveragePrecision(ReadOnlySpan<bool> relevant, int relevantItems)
    {
        var hits = 0;
        double sum = 0;
        for (var i = 0; i < relevant.Length; i++)
            if (relevant[i])
                sum += ++hits / (i + 1.0);
        return relevantItems == 0 ? double.NaN : sum / relevantItems;
    }

    /// <summary>
    /// Returns the discounted gain of the first k answers over that of the best order (Järvelin and Kekäläinen, TOIS 2002): a relevant
    /// answer at rank r counts 1 / log2(r + 1).
    /// </summary>
    /// <param name="relevant">The ranking, or its first k answers.</param>
    /// <param name="k">1 or more.</param>
    /// <param name="relevantItems">The number of relevant items among the candidates. 0 gives NaN.</param>
    public static double Ndcg(ReadOnlySpan<bool> relevant, int k, int relevantItems)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        double gain = 0, best = 0;
        for (var i = 0; i < Math.Min(k, relevant.Length); i++)
            if (relevant[i])
                gain += 1 / Math.Log2(i + 2);
        for (var i = 0; i < Math.Min(k, relevantItems); i++)
            best += 1 / Math.Log2(i + 2);
        return relevantItems == 0 ? double.NaN : gain / best;
    }

    private static int Hits(ReadOnlySpan<bool> relevant, int k) => relevant[..Math.Min(k, relevant.Length)].Count(true);
}
