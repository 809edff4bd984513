namespace ImageRec.Evaluation;

/// <summary>Says what in the data of a catalog is worth a look.</summary>
public sealed class DataCheckOptions
{
    /// <summary>
    /// Gets or sets the least cosine similarity of two different images that are near duplicates, -1 to 1. The default is 0.97.
    /// </summary>
    public float NearDuplicateScore { get; set; } = 0.97f;

    /// <summary>Gets or sets the number of neighbors that an item is judged by, 1 or more. The default is 10.</summary>
    public int Neighbors { get; set; } = 10;

    /// <summary>
    /// Gets or sets the least robust z-score of an outlier: how many deviations its mean similarity to its neighbors lies below the median
    /// of all items (Iglewicz and Hoaglin 1993). The default is 3.5.
    /// </summary>
    public double OutlierDeviations { get; set; } = 3.5;

    /// <summary>
    /// Gets or sets the least share of the neighbors' votes for one other category that makes a label suspect, above 0 to 1. The default is
    /// 0.8.
    /// </summary>
    public double SuspectShare { get; set; } = 0.8;

    /// <summary>Gets or sets the most findings of each kind to list, the clearest first, 1 or more. The default is 100.</summary>
    public int MaxFindings { get; set; } = 100;

    /// <summary>
    /// Gets or sets the most items to check, chosen at random, 1 or more. The default is 20,000, and fewer are taken in catalogs of more
    /// than 100,000 items. Exact duplicates are found among all items.
    /// </summary>
    public int MaxItems { get; set; } = 20_000;

    /// <summary>Gets or sets the seed of every random choice. The same seed gives the same findings. The default is 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Returns a copy that later changes do not reach, once every value is found valid.</summary>
    internal DataCheckOptions Checked()
    {
        if (!(NearDuplicateScore >= -1 && NearDuplicateScore <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(NearDuplicateScore), NearDuplicateScore, "NearDuplicateScore is a cosine similarity, -1 to 1.");
        if (!(SuspectShare > 0 && SuspectShare <= 1))
            throw new ArgumentOutOfRangeException(
                nameof(SuspectShare), SuspectShare, "SuspectShare is a share of votes, above 0 and up to 1.");
        if (!(OutlierDeviations > 0))
            throw new ArgumentOutOfRangeException(
                nameof(OutlierDeviations), OutlierDeviations, "OutlierDeviations is a number of deviations above 0, such as 3.5.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFindings, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1);
        return (DataCheckOptions)MemberwiseClone();
    }
}
