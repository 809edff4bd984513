namespace ImageRec.Evaluation;

/// <summary>Says how good a division of a catalog into clusters is.</summary>
public sealed class ClusteringReport
{
    internal ClusteringReport()
    {
    }

    /// <summary>Gets the number of clusters.</summary>
    public int Clusters { get; internal init; }

    /// <summary>Gets the number of clusters without a member.</summary>
    public int Empty { get; internal init; }

    /// <summary>Gets the number of items measured.</summary>
    public int Items { get; internal init; }

    /// <summary>Gets the sum of the items' squared distances to the mean of their cluster.</summary>
    public double Inertia { get; internal init; }

    /// <summary>Gets the silhouette coefficient on a sample, -1 to 1, or NaN with fewer than 2 clusters in use.</summary>
    public double Silhouette { get; internal init; }

    /// <summary>Gets the Davies-Bouldin index. Less is better, and it is NaN with fewer than 2 clusters in use.</summary>
    public double DaviesBouldin { get; internal init; }

    /// <summary>Gets the share of items that are of the most frequent category of their cluster, or NaN without categories.</summary>
    public double Purity { get; internal init; }

    /// <summary>Gets the normalized mutual information of clusters and categories, 0 to 1, or NaN without categories.</summary>
    public double NormalizedMutualInformation { get; internal init; }

    /// <summary>
    /// Gets the reports of k-means on the same items with the numbers of clusters in <see cref="ClusteringOptions.ElbowOver"/>.
    /// </summary>
    public IReadOnlyList<ClusteringReport> Elbow { get; internal init; } = [];
}
