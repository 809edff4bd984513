namespace ImageRec.Evaluation;

/// <summary>How well a catalogue's index finds neighbours, and how evenly items occur among them.</summary>
public sealed record IndexReport
{
    /// <summary>Printable name of the recommender.</summary>
    public required string Recommender { get; init; }

    /// <summary>Neighbours looked for.</summary>
    public required int Neighbors { get; init; }

    /// <summary>Share of the truly nearest neighbours that the index finds; 1 for an exact search. An equally near item counts.</summary>
    public required Estimate Recall { get; init; }

    /// <summary>
    /// Hubness: skewness of how often an item is among the others' neighbours (Radovanović, Nanopoulos and Ivanović, JMLR 2010). 0 is even; above about
    /// 1.5 a few items turn up everywhere.
    /// </summary>
    public required double Hubness { get; init; }

    /// <summary>How often the most frequent neighbour occurs, of <see cref="Items"/> searches.</summary>
    public required int LargestHub { get; init; }

    /// <summary>Id of the most frequent neighbour; null when there is none.</summary>
    public required string? LargestHubId { get; init; }

    /// <summary>Share of items that are nobody's neighbour, among the items searched for.</summary>
    public required double NeverFound { get; init; }

    /// <summary>Items searched for.</summary>
    public required int Items { get; init; }
}
