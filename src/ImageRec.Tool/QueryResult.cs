namespace ImageRec.Tool;

/// <summary>How good one ranking is.</summary>
/// <param name="RelevantInFirst">Answers of the query's category among the first 1, 5 and 10.</param>
/// <param name="AveragePrecision">Mean precision at the rank of each relevant item; an item that is not ranked counts 0.</param>
internal sealed record QueryResult(IReadOnlyDictionary<int, double> RelevantInFirst, double AveragePrecision)
{
    private static readonly int[] s_depths = [1, 5, 10];

    public static QueryResult Of(IReadOnlyList<Recommendation<CatalogItem>> ranking, string category, int relevant)
    {
        double sum = 0;
        var hits = 0;
        for (var i = 0; i < ranking.Count; i++)
            if (ranking[i].Category == category)
                sum += (double)++hits / (i + 1);
        return new(
            s_depths.ToDictionary(k => k, k => ranking.Take(k).Count(answer => answer.Category == category) / (double)k),
            sum / relevant);
    }
}
