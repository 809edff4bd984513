namespace ImageRec.Evaluation;

/// <summary>Says how well the index of a catalog finds neighbors, and how evenly items occur among them.</summary>
public sealed class IndexReport
{
    internal IndexReport(string recommender) => Recommender = recommender;

    /// <summary>Gets the printable name of the recommender.</summary>
    public string Recommender { get; }

    /// <summary>Gets the number of neighbors searched for.</summary>
    public int Neighbors { get; internal init; }

    /// <summary>
    /// Gets the share of the true nearest neighbors that the index finds. It is 1 for an exact search. An item that is equally near counts.
    /// </summary>
    public Estimate Recall { get; internal init; }

    /// <summary>
    /// Gets the hubness: the skewness of how often an item is among the others' neighbors (Radovanović, Nanopoulos and Ivanović, JMLR
    /// 2010). 0 is even; above about 1.5 a few items are found everywhere.
    /// </summary>
    public double Hubness { get; internal init; }

    /// <summary>Gets how often the most frequent neighbor was found, in <see cref="Items"/> searches.</summary>
    public int LargestHub { get; internal init; }

    /// <summary>Gets the id of the most frequent neighbor, or null when there is none.</summary>
    public string? LargestHubId { get; internal init; }

    /// <summary>Gets the share of the items searched for that are nobody's neighbor.</summary>
    public double NeverFound { get; internal init; }

    /// <summary>Gets the number of items searched for.</summary>
    public int Items { get; internal init; }
}
