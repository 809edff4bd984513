namespace ImageRec.Indexing;

/// <summary>Where a row lies.</summary>
/// <param name="Part">Id of a segment or tail, 1 or more; 0 where there is none.</param>
/// <param name="Row">Row within it.</param>
internal readonly record struct RowPlace(int Part, int Row)
{
    public static RowPlace None => default;
}
