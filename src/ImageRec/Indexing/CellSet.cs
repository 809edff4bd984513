using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>The middles of the cells that rows are filed under.</summary>
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
