namespace ImageRec.Indexing;

/// <summary>Says how a segment is searched, and the recall of that on a sample of its own rows.</summary>
/// <param name="CellFactor">Cells are read while similarity + factor * size can radius the threshold; 0 for exact search.</param>
/// <param name="Recall">Share of the true best ten that the sample's searches found.</param>
internal readonly record struct Tuning(float CellFactor, double Recall)
{
    public static Tuning Exact => new(0, 1);

    public bool IsExact => CellFactor == 0;
}
