namespace ImageRec.Evaluation;

/// <summary>One cell of an experiment: what was built and how well it did.</summary>
public sealed record ExperimentRow
{
    /// <summary>The cell's choices by name, in the order of the table's columns.</summary>
    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    /// <summary>Why the cell failed, with every figure missing; null when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>What was built, such as <c>alexnet-bvlc/pool5(9216) -> pca(128) -> k-means(64) -> cosine</c>.</summary>
    public string? Pipeline { get; init; }

    /// <summary>Every figure by name, as in <see cref="EvaluationReport.Metrics"/>; empty when the cell failed.</summary>
    public IReadOnlyDictionary<string, Estimate> Metrics { get; init; } = new Dictionary<string, Estimate>();

    /// <summary>The queries of the cell, of all folds.</summary>
    public IReadOnlyList<QueryResult> PerQuery { get; init; } = [];

    /// <summary>The compared figure less that of the first row, over the queries both have; 0 for the first row itself.</summary>
    public double? Difference { get; init; }

    /// <summary>
    /// How likely a difference at least so large is if both were equally good (paired permutation test over queries); null for the first row. Among many rows
    /// a few small ones come by chance: with m rows, take a difference seriously when this is below 0.05 / m.
    /// </summary>
    public double? PValue { get; init; }

    /// <summary>Mean time in milliseconds that the network takes for a picture in a batch, on the machine that computed it.</summary>
    public double FeatureMilliseconds { get; init; }

    /// <summary>Median time in milliseconds from a row to ten recommendations.</summary>
    public double SearchMilliseconds { get; init; }

    /// <summary>Time in seconds to build from features at hand, all folds together.</summary>
    public double BuildSeconds { get; init; }

    /// <summary>Bytes of an item's row.</summary>
    public int BytesPerItem { get; init; }
}
