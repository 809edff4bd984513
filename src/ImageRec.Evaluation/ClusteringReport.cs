namespace ImageRec.Evaluation;

/// <summary>How good a catalogue's clusters are.</summary>
public sealed record ClusteringReport
{
    /// <summary>Clusters learned.</summary>
    public required int Clusters { get; init; }

    /// <summary>Clusters without a member.</summary>
    public required int Empty { get; init; }

    /// <summary>Items measured.</summary>
    public required int Items { get; init; }

    /// <summary>Sum of the items' squared distances to their cluster's mean.</summary>
    public required double Inertia { get; init; }

    /// <summary>Silhouette coefficient on a sample, -1 to 1; NaN with fewer than 2 clusters in use.</summary>
    public required double Silhouette { get; init; }

    /// <summary>Davies-Bouldin index, less is better; NaN with fewer than 2 clusters in use.</summary>
    public required double DaviesBouldin { get; init; }

    /// <summary>Share of items that are of their cluster's most frequent category; NaN without categories.</summary>
    public required double Purity { get; init; }

    /// <summary>Normalised mutual information of clusters and categories, 0 to 1; NaN without categories.</summary>
    public required double NormalizedMutualInformation { get; init; }

    /// <summary>k-means with other numbers of clusters, in the order asked for.</summary>
    public required IReadOnlyList<ElbowPoint> Elbow { get; init; }
}
