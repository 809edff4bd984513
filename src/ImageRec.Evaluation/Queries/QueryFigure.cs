using System.Globalization;

namespace ImageRec.Evaluation.Queries;

/// <summary>Finds a figure of one query by the name that tables use.</summary>
internal static class QueryFigure
{
    /// <exception cref="ArgumentException">There is no such figure.</exception>
    public static Func<QueryResult, double> Of(string name)
    {
        var parts = name.Split('@');
        var k = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0;
        return (parts[0], parts.Length == 1 ? -1 : k) switch
        {
            ("map", -1) => q => q.AveragePrecision,
            ("accuracy", -1) => q => q.PredictedCategory == q.Category ? 1 : 0,
            ("precision", > 0) => q => q.PrecisionAt(k),
            ("recall", > 0) => q => q.RecallAt(k),
            ("hit_rate", > 0) => q => q.HitAt(k),
            ("ndcg", > 0) => q => q.NdcgAt(k),
            _ => throw new ArgumentException(
                $"There is no figure '{name}'; there are map, accuracy, precision@5, recall@5, hit_rate@5, ndcg@5 and the like."),
        };
    }
}
