namespace ImageRec.Indexing;

/// <summary>Says where a row lies.</summary>
/// <param name="Part">Id of a segment or tail, 1 or more; 0 where there is none.</param>
/// <param name="Row">Row within it.</param>
internal readonly record struct RowLocation(int Part, int Row)
{
    public static RowLocation None => default;
}
