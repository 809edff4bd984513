namespace ImageRec.Evaluation.Report;

/// <summary>Holds everything that a report page shows.</summary>
internal sealed record ReportData
{
    public required string Title { get; init; }

    public required string Pipeline { get; init; }

    public required int Items { get; init; }

    public required int Dimensions { get; init; }

    /// <summary>Gets whether categories are part of the rows.</summary>
    public required bool Learned { get; init; }

    /// <summary>Gets what the build did, or null for a catalog that was opened.</summary>
    public required BuildReport? Build { get; init; }

    /// <summary>Gets the number of items of each category, the largest first. It is empty without categories.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Categories { get; init; }

    /// <summary>Gets the figures, or null when they could not be measured.</summary>
    public required EvaluationReport? Evaluation { get; init; }

    /// <summary>Gets why there are no figures, or null when there are.</summary>
    public required string? NoEvaluation { get; init; }

    public required IReadOnlyList<float> ExplainedVariance { get; init; }

    public required ClusteringReport Clustering { get; init; }

    public required IndexReport Index { get; init; }

    public required DataReport Data { get; init; }

    public required IReadOnlyList<ReportPoint> Map { get; init; }

    public required IReadOnlyList<ReportCluster> Clusters { get; init; }

    public required IReadOnlyList<QueryResult> Best { get; init; }

    public required IReadOnlyList<QueryResult> Worst { get; init; }

    public required Thumbnails Thumbnails { get; init; }

    public required DateTime Written { get; init; }
}
