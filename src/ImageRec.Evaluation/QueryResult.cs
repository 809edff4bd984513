namespace ImageRec.Evaluation;

/// <summary>How one query fared.</summary>
public sealed record QueryResult
{
    private bool[]? _relevant;

    /// <summary>The query's id.</summary>
    public required string Id { get; init; }

    /// <summary>Its category.</summary>
    public required string Category { get; init; }

    /// <summary>The category it was taken for; null when none could be told.</summary>
    public string? PredictedCategory { get; init; }

    /// <summary>The calibrated probability of <see cref="PredictedCategory"/>, 0 to 1; null where the catalogue has learned no categories.</summary>
    public double? PredictedProbability { get; init; }

    /// <summary>Items that could be answers.</summary>
    public required int Candidates { get; init; }

    /// <summary>Candidates of the query's category.</summary>
    public required int RelevantItems { get; init; }

    /// <summary>The first answers, best first, as many as the largest cutoff.</summary>
    public required IReadOnlyList<QueryAnswer> Answers { get; init; }

    /// <summary>Average precision of the whole ranking, 0 to 1.</summary>
    public required double AveragePrecision { get; init; }

    /// <summary>Share of the first k answers that are of the query's category.</summary>
    public double PrecisionAt(int k) => RankingMetrics.Precision(Relevant, k, Candidates);

    /// <summary>Share of the category's items among the first k answers.</summary>
    public double RecallAt(int k) => RankingMetrics.Recall(Relevant, k, RelevantItems);

    /// <summary>1 when one of the first k answers is of the query's category, else 0.</summary>
    public double HitAt(int k) => RankingMetrics.Hit(Relevant, k);

    /// <summary>Normalised discounted cumulative gain of the first k answers, 0 to 1.</summary>
    public double NdcgAt(int k) => RankingMetrics.Ndcg(Relevant, k, RelevantItems);

    private bool[] Relevant => _relevant ??= [.. Answers.Select(a => a.Category == Category)];
}
