namespace ImageRec.Indexing;

/// <summary>Describes how rows are laid out in native memory.</summary>
internal static class RowLayout
{
    /// <summary>Floats in a cache line.</summary>
    public const int FloatsPerLine = 16;

    /// <summary>Returns the floats from a row to the next: whole cache lines, so that no row straddles more than it must.</summary>
    public static int Stride(int dimensions) => (dimensions + FloatsPerLine - 1) / FloatsPerLine * FloatsPerLine;

    /// <summary>Returns the number of groups of four dimensions in a code.</summary>
    public static int Groups(int dimensions) => (dimensions + 3) / 4;
}
