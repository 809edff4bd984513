namespace ImageRec.Evaluation;

/// <summary>Describes one cell of an experiment: what was built and how well it did.</summary>
public sealed class ExperimentRow
{
    internal ExperimentRow(IReadOnlyDictionary<string, string> settings) => Settings = settings;

    /// <summary>Gets the cell's choices by name, in the order of the table's columns.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>Gets why the cell failed, in which case it has no figures, or null when it did not.</summary>
    public string? Error { get; internal init; }

    /// <summary>Gets what was built, such as <c>alexnet-bvlc/pool5(9216) -> pca(128) -> k-means(64) -> cosine</c>.</summary>
    public string? Pipeline { get; internal init; }

    /// <summary>Gets every figure by name, as in <see cref="EvaluationReport.Metrics"/>. It is empty when the cell failed.</summary>
    public IReadOnlyDictionary<string, Estimate> Metrics { get; internal init; } = new Dictionary<string, Estimate>();

    /// <summary>Gets the queries of all folds.</summary>
    public IReadOnlyList<QueryResult> PerQuery { get; internal init; } = [];

    /// <summary>Gets the compared figure minus that of the first row, over the queries that both have. It is 0 for the first row.</summary>
    public double? Difference { get; internal set; }

    /// <summary>
    /// Gets the chance of a difference at least as large if both were equally good, by a paired permutation test over queries. It is null
    /// for the first row. Among many rows a few small values come by chance: with m rows, trust a difference when this is below 0.05 / m.
    /// </summary>
    public double? PValue { get; internal set; }

    /// <summary>Gets the mean time in milliseconds that the network takes per image of a batch, on the machine that computed it.</summary>
    public double FeatureMilliseconds { get; internal init; }

    /// <summary>Gets the median time in milliseconds from a row to ten recommendations.</summary>
    public double SearchMilliseconds { get; internal init; }

    /// <summary>Gets the time in seconds to build from embeddings at hand, over all folds.</summary>
    public double BuildSeconds { get; internal init; }

    /// <summary>Gets the size of an item's row in bytes.</summary>
    public int BytesPerItem { get; internal init; }
}
