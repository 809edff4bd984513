using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Holds the centroids of the cells that rows are assigned to.</summary>
internal sealed unsafe class CellSet(int count, int dimensions)
{
    private readonly NativeBuffer<float> _centroids = new((long)count * RowLayout.Stride(dimensions));

    public int Count => count;
    public int Dimensions => dimensions;
    public int Stride { get; } = RowLayout.Stride(dimensions);

    /// <summary>All centroids: Count x Stride.</summary>
    public NativeBuffer<float> Buffer => _centroids;

    public float* this[int cell] => _centroids.Pointer + (long)cell * Stride;
}
