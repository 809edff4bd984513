namespace ImageRec.Evaluation;

/// <summary>How well a catalogue answers. Every figure is a mean over queries, with a bootstrap interval over them.</summary>
public sealed record EvaluationReport
{
    /// <summary>The pipeline, as the engine describes it.</summary>
    public required string Pipeline { get; init; }

    /// <summary>Where the queries come from.</summary>
    public required EvaluationMethod Method { get; init; }

    /// <summary>Items in the catalogue.</summary>
    public required int Items { get; init; }

    /// <summary>The k of the figures at k, ascending.</summary>
    public required IReadOnlyList<int> Cutoffs { get; init; }

    /// <summary>
    /// Every figure by name, in the order of a table: <c>precision@5</c>, <c>recall@5</c>, <c>hit_rate@5</c> and <c>ndcg@5</c> for each cutoff,
    /// <c>map</c>, and <c>accuracy</c>.
    /// </summary>
    public required IReadOnlyDictionary<string, Estimate> Metrics { get; init; }

    /// <summary>What predicted the categories that <c>accuracy</c> counts: the learned classifier's name, or <c>vote of the 10 nearest</c>.</summary>
    public required string AccuracyBy { get; init; }

    /// <summary>
    /// Expected calibration error of the predicted probabilities, 0 to 1: how far they are from the share that is right, over 15 bins of equal width. Null where the catalogue has
    /// learned no categories. Even perfect probabilities measure a few hundredths on a few hundred queries.
    /// </summary>
    public double? CalibrationError { get; init; }

    /// <summary>Which categories were taken for which.</summary>
    public required ConfusionMatrix Confusion { get; init; }

    /// <summary>Median time in milliseconds from a picture to its ten recommendations, one query at a time; without the picture's features when the queries are items. 0 when nothing was timed.</summary>
    public required double MillisecondsPerQuery { get; init; }

    /// <summary>The part of it that the search takes: median time in milliseconds from a row to ten recommendations.</summary>
    public required double SearchMilliseconds { get; init; }

    /// <summary>The queries counted, in their own order.</summary>
    public required IReadOnlyList<QueryResult> PerQuery { get; init; }

    /// <summary>The queries left out of every figure, with the reason.</summary>
    public required IReadOnlyList<SkippedQuery> Skipped { get; init; }

    /// <summary>What a reader of the figures should know, as sentences; often empty.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>How many queries were counted.</summary>
    public int Queries => PerQuery.Count;

    /// <summary>Mean average precision of the whole rankings.</summary>
    public Estimate MeanAveragePrecision => Metrics["map"];

    /// <summary>Share of the queries whose category was predicted right.</summary>
    public Estimate Accuracy => Metrics["accuracy"];

    /// <summary>Precision at one of the <see cref="Cutoffs"/>.</summary>
    public Estimate PrecisionAt(int k) => At("precision", k);

    /// <summary>Recall at one of the <see cref="Cutoffs"/>.</summary>
    public Estimate RecallAt(int k) => At("recall", k);

    /// <summary>Share of queries with a relevant answer among the first k, for one of the <see cref="Cutoffs"/>.</summary>
    public Estimate HitRateAt(int k) => At("hit_rate", k);

    /// <summary>Normalised discounted cumulative gain at one of the <see cref="Cutoffs"/>.</summary>
    public Estimate NdcgAt(int k) => At("ndcg", k);

    private Estimate At(string metric, int k) => Metrics.TryGetValue($"{metric}@{k}", out var estimate)
        ? estimate
        : throw new ArgumentOutOfRangeException(nameof(k), k, $"Measured at {string.Join(", ", Cutoffs)}; set {nameof(EvaluationOptions)}.{nameof(EvaluationOptions.Cutoffs)} for others.");
}
