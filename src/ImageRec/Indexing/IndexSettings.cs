namespace ImageRec.Indexing;

/// <summary>Holds what the index needs to know to build itself.</summary>
/// <param name="Recall">Share of the true best ten to find, 0 to 1; 1 for exact search.</param>
/// <param name="Seed">The only source of randomness.</param>
/// <param name="Threads">Threads a build may use, 1 or more.</param>
/// <param name="Source">Where to read rows when only codes stay in memory; null to keep the floats.</param>
internal sealed record IndexSettings(double Recall, int Seed, int Threads, IRowSource? Source)
{
    /// <summary>Segments below this many rows have one cell: reading them whole is as fast as choosing.</summary>
    public int LeastRowsForCells { get; init; } = 2048;

    /// <summary>Segments below this many rows are always searched exactly.</summary>
    public int LeastRowsForApproximation { get; init; } = 8192;

    /// <summary>Rows added since the last merge before the next begins. They are compared one by one meanwhile.</summary>
    public int TailRows { get; init; } = 1024;

    public bool IsExact => Recall >= 1;

    /// <summary>
    /// Returns the number of cells for n rows: 6 sqrt(n), because finding cells by their codes costs far less than reading them, but at
    /// least two blocks per cell.
    /// </summary>
    public int CellsFor(int rows) =>
        rows < LeastRowsForCells ? 1 : (int)Math.Clamp(Math.Min(6 * Math.Sqrt(rows), rows / 64.0), 1, int.MaxValue);
}
