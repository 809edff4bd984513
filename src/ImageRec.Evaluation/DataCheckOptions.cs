namespace ImageRec.Evaluation;

/// <summary>What counts as worth a look in a catalogue.</summary>
public sealed record DataCheckOptions
{
    /// <summary>Least cosine similarity of two different pictures that are called near duplicates, -1 to 1; 0.97 unless set.</summary>
    public float NearDuplicateScore { get; init; } = 0.97f;

    /// <summary>Neighbours that an item is judged by, 1 or more; 10 unless set.</summary>
    public int Neighbors { get; init; } = 10;

    /// <summary>
    /// Least robust z-score of an outlier: how far its mean similarity to its neighbours lies below the median of all items, in deviations (Iglewicz and
    /// Hoaglin 1993); 3.5 unless set.
    /// </summary>
    public double OutlierDeviations { get; init; } = 3.5;

    /// <summary>Least share of the neighbours' votes for one other category that makes a label suspect, above 0 to 1; 0.8 unless set.</summary>
    public double SuspectShare { get; init; } = 0.8;

    /// <summary>At most so many of each finding are listed, the clearest first, 1 or more; 100 unless set.</summary>
    public int MaxFindings { get; init; } = 100;

    /// <summary>Items searched for, chosen at random, 1 or more; 20,000 unless set, fewer in catalogues of more than 100,000. Exact duplicates are always found.</summary>
    public int MaxItems { get; init; } = 20_000;

    /// <summary>Same seed, same findings; 1 unless set.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        if (!(NearDuplicateScore >= -1 && NearDuplicateScore <= 1))
            throw new ArgumentOutOfRangeException(nameof(NearDuplicateScore), NearDuplicateScore, "NearDuplicateScore is a cosine similarity, -1 to 1.");
        if (!(SuspectShare > 0 && SuspectShare <= 1))
            throw new ArgumentOutOfRangeException(nameof(SuspectShare), SuspectShare, "SuspectShare is a share of votes, above 0 and up to 1.");
        if (!(OutlierDeviations > 0))
            throw new ArgumentOutOfRangeException(nameof(OutlierDeviations), OutlierDeviations, "OutlierDeviations is a number of deviations above 0, such as 3.5.");
        ArgumentOutOfRangeException.ThrowIfLessThan(Neighbors, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxFindings, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxItems, 1);
    }
}
