using ImageRec.Indexing;

namespace ImageRec.Ranking;

/// <summary>What of the rows stays in memory.</summary>
public enum MemoryMode
{
    /// <summary>Codes and the rows themselves: fastest.</summary>
    Floats,

    /// <summary>Codes only, about a fifth; the rows that decide an answer are read from the <see cref="IRowSource"/>.</summary>
    CodesOnly,
}
