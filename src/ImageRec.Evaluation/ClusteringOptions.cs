namespace ImageRec.Evaluation;

/// <summary>How to evaluate the clusters of a catalogue.</summary>
public sealed record ClusteringOptions
{
    /// <summary>Numbers of clusters to try for the elbow, each 1 or more; none unless set. Each costs a k-means over <see cref="MaxItems"/> rows.</summary>
    public IReadOnlyList<int> ElbowOver { get; init; } = [];

    /// <summary>Figures are taken on at most so many items, chosen at random; 20,000 unless set.</summary>
    public int MaxItems { get; init; } = 20_000;

    /// <summary>Rows compared with each other for the silhouette, 2 or more; 2,000 unless set.</summary>
    public int SilhouetteSample { get; init; } = 2000;

    /// <summary>Same seed, same figures; 1 unless set.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentNullException.ThrowIfNull(ElbowOver);
        foreach (var clusters in ElbowOver)
            ArgumentOutOfRangeException.ThrowIfLessThan(clusters, 1, nameof(ElbowOver));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(SilhouetteSample, 2);
    }
}
