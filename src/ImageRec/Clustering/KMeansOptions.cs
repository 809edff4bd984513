namespace ImageRec;

/// <summary>
/// Configures k-means; see <see cref="RecommenderBuilder.ClusterWithKMeans(Action{KMeansOptions})"/>.
/// </summary>
public sealed class KMeansOptions
{
    /// <summary>
    /// Gets or sets the number of groups, 1 or more; a sample with fewer different rows gets one group for each of them. Default (null):
    /// the square root of half the rows, 1 to 64.
    /// </summary>
    public int? Clusters { get; set; }

    /// <summary>
    /// Gets or sets the most rounds of assigning rows and moving centroids, 1 or more. Default: 100; it stops earlier when the centroids
    /// stay in place.
    /// </summary>
    public int MaxIterations { get; set; } = 100;

    internal KMeansOptions Copy() => (KMeansOptions)MemberwiseClone();
}
