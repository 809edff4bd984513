using ImageRec.Indexing;
using static System.FormattableString;

namespace ImageRec;

/// <summary>Configures the search by cosine similarity; see <see cref="RecommenderBuilder.RankByCosine"/>.</summary>
public sealed class CosineOptions
{
    /// <summary>
    /// Gets or sets the share of the true best ten that searches should find on average: above 0, up to 1. Null (default) or 1 for exact
    /// search.
    /// </summary>
    /// <remarks>
    /// Measured on a sample of the catalog's own rows, each searching for its neighbors. Small catalogs are searched exactly whatever is
    /// set.
    /// </remarks>
    public double? Recall { get; set; }

    /// <summary>Gets or sets what of the rows stays in memory. Default: <see cref="MemoryMode.Floats"/>.</summary>
    public MemoryMode Memory { get; set; } = MemoryMode.Floats;

    /// <summary>Gets or sets the threads that building the index may use, 1 or more. Default: one per processor.</summary>
    public int Threads { get; set; } = Environment.ProcessorCount;

    /// <summary>
    /// Where rows are read from; needed for <see cref="MemoryMode.CodesOnly"/>. A row is there before it is given to the recommender.
    /// </summary>
    internal IRowSource? Rows { get; set; }

    /// <summary>The only source of randomness.</summary>
    internal int Seed { get; set; }

    /// <exception cref="ArgumentException">An option is out of range; the message quotes it.</exception>
    internal void Validate()
    {
        if (Recall is <= 0 or > 1 or double.NaN)
        {
            throw new ArgumentException(
                Invariant($"Recall is {Recall}; it must be above 0 and at most 1 (0.98 for 98 %), or null for exact search."),
                nameof(Recall));
        }
        if (Threads < 1)
            throw new ArgumentException(Invariant($"Threads is {Threads}; it must be 1 or more."), nameof(Threads));
        if (!Enum.IsDefined(Memory))
            throw new ArgumentException($"Memory is {Memory}; it must be {MemoryMode.Floats} or {MemoryMode.CodesOnly}.", nameof(Memory));
    }
}
