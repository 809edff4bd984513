namespace ImageRec.Evaluation;

/// <summary>Says how to evaluate the index of a catalog.</summary>
public sealed class IndexOptions
{
    /// <summary>Gets or sets the number of neighbors to search for, 1 or more. The default is 10.</summary>
    public int Neighbors { get; set; } = 10;

    /// <summary>
    /// Gets or sets the most items to search for in comparison with the exact search, chosen at random, 1 or more. The default is 500.
    /// </summary>
    public int Queries { get; set; } = 500;

    /// <summary>
    /// Gets or sets the most items to search for when hubness is measured, chosen at random, 1 or more. The default is 20,000, and fewer
    /// are taken in catalogs of more than 100,000 items.
    /// </summary>
    public int MaxItems { get; set; } = 20_000;

    /// <summary>Gets or sets the seed of every random choice. The same seed gives the same figures. The default is 1.</summary>
    public int Seed { get; set; } = 1;

    /// <summary>Returns a copy that later changes do not reach, once every value is found valid.</summary>
    internal IndexOptions Checked()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Queries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1);
        return (IndexOptions)MemberwiseClone();
    }
}
