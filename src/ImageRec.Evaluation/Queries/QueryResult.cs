using ImageRec.Evaluation.Metrics;

namespace ImageRec.Evaluation;

/// <summary>Describes how one query was answered.</summary>
public sealed class QueryResult
{
    private bool[]? _relevant;

    internal QueryResult(string id, string category) => (Id, Category) = (id, category);

    /// <summary>Gets the query's id.</summary>
    public string Id { get; }

    /// <summary>Gets the query's category.</summary>
    public string Category { get; }

    /// <summary>Gets the predicted category, or null when none could be predicted.</summary>
    public string? PredictedCategory { get; internal init; }

    /// <summary>
    /// Gets the calibrated probability of <see cref="PredictedCategory"/>, 0 to 1, or null when the catalog has learned no categories.
    /// </summary>
    public double? PredictedProbability { get; internal init; }

    /// <summary>Gets the number of items that could be answers.</summary>
    public int Candidates { get; internal init; }

    /// <summary>Gets the number of candidates of the query's category.</summary>
    public int RelevantItems { get; internal init; }

    /// <summary>Gets the first answers, best first, as many as the largest cutoff.</summary>
    public IReadOnlyList<QueryAnswer> Answers { get; internal init; } = [];

    /// <summary>Gets the average precision of the whole ranking, 0 to 1.</summary>
    public double AveragePrecision { get; internal init; }

    /// <summary>Returns the share of the first k answers that are of the query's category.</summary>
    public double PrecisionAt(int k) => RankingMetrics.Precision(Relevant, k, Candidates);

    /// <summary>Returns the share of the category's items that are among the first k answers.</summary>
    public double RecallAt(int k) => RankingMetrics.Recall(Relevant, k, RelevantItems);

    /// <summary>Returns 1 when one of the first k answers is of the query's category, else 0.</summary>
    public double HitAt(int k) => RankingMetrics.Hit(Relevant, k);

    /// <summary>Returns the normalized discounted cumulative gain of the first k answers, 0 to 1.</summary>
    public double NdcgAt(int k) => RankingMetrics.Ndcg(Relevant, k, RelevantItems);

    private bool[] Relevant => _relevant ??= [.. Answers.Select(a => a.Category == Category)];
}
