using ImageRec.Evaluation.Metrics;

namespace ImageRec.Evaluation.Queries;

/// <summary>Averages figures over many queries, with their intervals, in the order of a table.</summary>
internal static class EvaluationFigures
{
    public static OrderedDictionary<string, Estimate> Of(IReadOnlyList<QueryResult> results, EvaluationOptions options)
    {
        var cutoffs = options.Cutoffs;
        IEnumerable<string> names =
        [
            .. cutoffs.Select(k => $"precision@{k}"), "map", .. cutoffs.Select(k => $"recall@{k}"),
            .. cutoffs.Select(k => $"hit_rate@{k}"), .. cutoffs.Select(k => $"ndcg@{k}"), "accuracy",
        ];
        var figures = new OrderedDictionary<string, Estimate>();
        foreach (var name in names)
        {
            double[] values = [.. results.Select(QueryFigure.Of(name))];
            figures[name] = Bootstrap.Mean(values, options.Resamples, options.Confidence, options.Seed);
        }
        return figures;
    }
}
