namespace ImageRec.Evaluation;

/// <summary>What in a catalogue is worth a look before it is trusted.</summary>
public sealed record DataReport
{
    /// <summary>Groups of items with the very same picture: their ids in catalogue order, the largest group first.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> ExactDuplicates { get; init; }

    /// <summary>Pairs of nearly the same picture, the most similar first.</summary>
    public required IReadOnlyList<NearDuplicate> NearDuplicates { get; init; }

    /// <summary>Items unlike all others, the strangest first.</summary>
    public required IReadOnlyList<Outlier> Outliers { get; init; }

    /// <summary>Items that may be in the wrong category, the clearest first.</summary>
    public required IReadOnlyList<SuspectLabel> SuspectLabels { get; init; }

    /// <summary>Items looked at; exact duplicates are found among all.</summary>
    public required int Items { get; init; }
}
