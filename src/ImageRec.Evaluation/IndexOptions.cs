namespace ImageRec.Evaluation;

/// <summary>How to evaluate the index of a catalogue.</summary>
public sealed record IndexOptions
{
    /// <summary>Neighbours looked for, 1 or more; 10 unless set.</summary>
    public int Neighbors { get; init; } = 10;

    /// <summary>Items searched for to compare with the exact search, chosen at random, 1 or more; 500 unless set.</summary>
    public int Queries { get; init; } = 500;

    /// <summary>Items searched for to measure hubness, chosen at random, 1 or more; 20,000 unless set, fewer in catalogues of more than 100,000.</summary>
    public int MaxItems { get; init; } = 20_000;

    /// <summary>Same seed, same figures; 1 unless set.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Queries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1);
    }
}
