using ImageRec.Indexing;
using static System.FormattableString;

namespace ImageRec.Ranking;

/// <summary>How <see cref="CosineRecommender"/> searches.</summary>
public sealed class CosineOptions
{
    /// <summary>Share of the true best ten that searches should find on average: above 0, up to 1. Null (default) or 1 for exact search.</summary>
    /// <remarks>
    /// Measured on a sample of the catalogue's own rows, each searching for its neighbours. Small catalogues are searched exactly whatever is asked for.
    /// </remarks>
    public double? Recall { get; set; }

    /// <summary>What of the rows stays in memory. Default: <see cref="MemoryMode.Floats"/>.</summary>
    public MemoryMode Memory { get; set; } = MemoryMode.Floats;

    /// <summary>Where rows are read from; needed for <see cref="MemoryMode.CodesOnly"/>. A row is there before it is given to the recommender.</summary>
    public IRowSource? Rows { get; set; }

    /// <summary>The only source of randomness. Default: 0.</summary>
    public int Seed { get; set; }

    /// <summary>Threads that building and batches may use, 1 or more. Default: one for each processor.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <exception cref="ArgumentException">An option is out of range; the message quotes it.</exception>
    internal void Validate()
    {
        if (Recall is <= 0 or > 1 or double.NaN)
            throw new ArgumentException(Invariant($"Recall is {Recall}; it must be above 0 and at most 1 (0.98 for 98 %), or null for exact search."), nameof(Recall));
        if (Threads < 1)
            throw new ArgumentException(Invariant($"Threads is {Threads}; it must be 1 or more."), nameof(Threads));
        if (!Enum.IsDefined(Memory))
            throw new ArgumentException($"Memory is {Memory}; it must be {MemoryMode.Floats} or {MemoryMode.CodesOnly}.", nameof(Memory));
    }
}
