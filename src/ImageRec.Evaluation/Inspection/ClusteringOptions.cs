namespace ImageRec.Evaluation;

/// <summary>Says how to evaluate the clusters of a catalog.</summary>
public sealed class ClusteringOptions
{
    /// <summary>
    /// Gets or sets the numbers of clusters to try for the elbow, each 1 or more. The default is none. Each costs a k-means over
    /// <see cref="MaxItems"/> rows.
    /// </summary>
    public IReadOnlyList<int> ElbowOver { get; set; } = [];

    /// <summary>Gets or sets the most items to measure, chosen at random, 1 or more. The default is 20,000.</summary>
    public int MaxItems { get; set; } = 20_000;

    /// <summary>
    /// Gets or sets the most rows to compare with each other for the silhouette, chosen at random, 2 or more. The default is 2,000.
    /// </summary>
    public int SilhouetteSample { get; set; } = 2000;

    /// <summary>Gets or sets the seed of every random choice. The same seed gives the same figures. The default is 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Returns a copy that later changes do not reach, once every value is found valid.</summary>
    internal ClusteringOptions Checked()
    {
        ArgumentNullException.ThrowIfNull(ElbowOver);
        foreach (var clusters in ElbowOver)
            ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1, nameof(ElbowOver));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SilhouetteSample, 2);
        var copy = (ClusteringOptions)MemberwiseClone();
        copy.ElbowOver = [.. ElbowOver];
        return copy;
    }
}
