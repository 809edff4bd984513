namespace ImageRec.Evaluation.Report;

/// <summary>Everything a report page shows.</summary>
internal sealed record ReportData
{
    public required string Title { get; init; }

    public required string Pipeline { get; init; }

    public required int Items { get; init; }

    public required int Dimensions { get; init; }

    /// <summary>Whether the categories have a part in the rows.</summary>
    public required bool Learned { get; init; }

    /// <summary>What the build did; null for an opened catalogue.</summary>
    public required BuildReport? Build { get; init; }

    /// <summary>Items by category, the largest first; empty without categories.</summary>
    public required IReadOnlyList<KeyValuePair<string, int>> Categories { get; init; }

    /// <summary>Null when it could not be measured.</summary>
    public required EvaluationReport? Evaluation { get; init; }

    /// <summary>Why quality was not measured; null when it was.</summary>
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
