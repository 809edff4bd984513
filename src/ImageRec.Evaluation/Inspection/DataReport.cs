namespace ImageRec.Evaluation;

/// <summary>Lists what in a catalog is worth a look before the catalog is trusted.</summary>
public sealed class DataReport
{
    internal DataReport()
    {
    }

    /// <summary>Gets the groups of items with identical image files, the largest group first. Each lists ids in catalog order.</summary>
    public IReadOnlyList<IReadOnlyList<string>> ExactDuplicates { get; internal init; } = [];

    /// <summary>Gets the pairs of nearly identical images, the most similar first.</summary>
    public IReadOnlyList<NearDuplicate> NearDuplicates { get; internal init; } = [];

    /// <summary>Gets the items unlike all others, the least similar first.</summary>
    public IReadOnlyList<Outlier> Outliers { get; internal init; } = [];

    /// <summary>Gets the items that may be in the wrong category, the clearest first.</summary>
    public IReadOnlyList<SuspectLabel> SuspectLabels { get; internal init; } = [];

    /// <summary>Gets the number of items checked. Exact duplicates are found among all items.</summary>
    public int Items { get; internal init; }
}
