namespace ImageRec.Evaluation;

/// <summary>Says how to run an experiment.</summary>
public sealed class ExperimentOptions
{
    /// <summary>
    /// Gets or sets the file that keeps the embeddings. A grid that was stopped, or is run again with other choices, computes only what is
    /// missing. The default is null, which keeps them for this run only.
    /// </summary>
    public string? CacheFile { get; set; }

    /// <summary>Gets or sets the number of folds when there are no queries, 2 or more. The default is 5.</summary>
    public int Folds { get; set; } = 5;

    /// <summary>Gets or sets how each cell is measured.</summary>
    public EvaluationOptions Evaluation { get; set; } = new();

    /// <summary>
    /// Gets or sets the figure in which rows are compared with the first, query by query: <c>map</c>, <c>precision@5</c>, <c>ndcg@10</c>,
    /// <c>accuracy</c> and so on. The default is <c>map</c>.
    /// </summary>
    public string Compare { get; set; } = "map";

    /// <summary>Gets or sets the seed of every build and of the folds. The default is 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Returns a copy that later changes do not reach, once every value is found valid.</summary>
    internal ExperimentOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(Evaluation);
        ArgumentException.ThrowIfNullOrWhiteSpace(Compare);
        ArgumentOutOfRangeException.ThrowIfLessThan(Folds, 2);
        var copy = (ExperimentOptions)MemberwiseClone();
        copy.Evaluation = Evaluation.Checked();
        return copy;
    }
}
