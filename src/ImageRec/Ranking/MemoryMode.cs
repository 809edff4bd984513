namespace ImageRec;

/// <summary>Names what of the rows stays in memory.</summary>
public enum MemoryMode
{
    /// <summary>Codes and the rows themselves: fastest.</summary>
    Floats,

    /// <summary>Codes only, about a fifth; the rows that decide an answer are read from the catalog file.</summary>
    CodesOnly,
}
