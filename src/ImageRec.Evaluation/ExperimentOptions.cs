namespace ImageRec.Evaluation;

/// <summary>How an experiment is run.</summary>
public sealed record ExperimentOptions
{
    /// <summary>
    /// Keeps the features: a grid that was stopped, or is run again with other choices, computes only what is missing. Null, the default, keeps them for this
    /// run only.
    /// </summary>
    public string? CacheFile { get; init; }

    /// <summary>Parts of the cross-validation when there are no queries, 2 or more; 5 unless set.</summary>
    public int Folds { get; init; } = 5;

    /// <summary>How each cell is measured.</summary>
    public EvaluationOptions Evaluation { get; init; } = new();

    /// <summary>Which figure is compared with the first row, query by query: <c>map</c> unless set, or <c>precision@5</c>, <c>ndcg@10</c>, <c>accuracy</c> and so on.</summary>
    public string Compare { get; init; } = "map";

    /// <summary>Seed of every build and of the folds; 1 unless set.</summary>
    public int Seed { get; init; } = 1;
}
