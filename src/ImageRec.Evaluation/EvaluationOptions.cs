namespace ImageRec.Evaluation;

/// <summary>How to evaluate a catalogue.</summary>
public sealed record EvaluationOptions
{
    /// <summary>The k of precision, recall, hit rate and NDCG at k, each 1 or more; 1, 5 and 10 unless set. k may exceed the catalogue.</summary>
    public IReadOnlyList<int> Cutoffs { get; init; } = [1, 5, 10];

    /// <summary>At most so many queries, chosen at random when there are more; 10,000 unless set.</summary>
    public int MaxQueries { get; init; } = 10_000;

    /// <summary>
    /// Whether an item with the very bytes of the query may be an answer. Not unless set: finding the same file again says nothing about similarity. A
    /// query that is itself an item never finds that item.
    /// </summary>
    public bool IncludeCopies { get; init; }

    /// <summary>How many neighbours vote on a query's category when the catalogue has learned none, 1 or more; 10 unless set.</summary>
    public int Voters { get; init; } = 10;

    /// <summary>At most so many queries are timed, one after another; 50 unless set, 0 for none.</summary>
    public int TimedQueries { get; init; } = 50;

    /// <summary>Resamples of the bootstrap, 1 or more; 1,000 unless set.</summary>
    public int Resamples { get; init; } = 1000;

    /// <summary>Share of the confidence intervals, between 0 and 1; 0.95 unless set.</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>Same seed, same figures; 1 unless set.</summary>
    public int Seed { get; init; } = 1;

    internal void Validate()
    {
        if (Cutoffs is null || Cutoffs.Count == 0 || Cutoffs.Any(k => k < 1))
            throw new ArgumentException("Cutoffs holds the k of precision at k and so on: one or more numbers, each 1 or more.", nameof(Cutoffs));
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxQueries, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(Voters, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(TimedQueries);
        ArgumentOutOfRangeException.ThrowIfLessThan(Resamples, 1);
        Bootstrap.RequireShare(Confidence);
    }
}
