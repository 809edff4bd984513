namespace ImageRec.Indexing;

/// <summary>How rows are laid out in native memory.</summary>
internal static class RowLayout
{
    private const int FloatsALine = 16;

    /// <summary>Floats from a row to the next: whole cache lines, so that no row straddles more than it must.</summary>
    public static int Stride(int dimensions) => (dimensions + FloatsALine - 1) / FloatsALine * FloatsALine;

    /// <summary>Groups of four dimensions in a code.</summary>
    public static int Groups(int dimensions) => (dimensions + 3) / 4;
}
