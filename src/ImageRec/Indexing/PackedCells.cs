using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>
/// Lays out centroids for <see cref="ProductKernel"/>, to compare |x - c|^2: it is least where x.c - |c|^2 / 2 is greatest.
/// </summary>
internal sealed unsafe class PackedCells
{
    private const int Width = ProductKernel.PanelWidth;
    private readonly NativeBuffer<float> _panels;
    private readonly NativeBuffer<float> _offsets;
    private readonly int _dimensions;

    /// <summary>Packs cells.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="order">Their order, 64 per panel.</param>
    public PackedCells(CellSet cells, ReadOnlySpan<int> order)
    {
        var slots = (order.Length + Width - 1) / Width * Width;
        _dimensions = cells.Dimensions;
        _panels = new NativeBuffer<float>((long)slots * _dimensions);
        _offsets = new NativeBuffer<float>(slots);
        for (var slot = 0; slot < slots; slot++)
        {
            if (slot >= order.Length)
            {
                _offsets.Pointer[slot] = float.NegativeInfinity;
                continue;
            }
            var centroid = cells[order[slot]];
            var panel = Panel(slot / Width) + slot % Width;
            for (var j = 0; j < _dimensions; j++)
                panel[(long)j * Width] = centroid[j];
            _offsets.Pointer[slot] = -0.5f * DotKernel.Dot(centroid, centroid, cells.Stride);
        }
    }

    /// <summary>Computes how near four rows are to the cells of a panel: 4 x 64 values, the greatest the nearest.</summary>
    public void Compare(float** rows, int panel, float* nearness) =>
        ProductKernel.Multiply(rows, Panel(panel), _offsets.Pointer + panel * Width, _dimensions, nearness);

    private float* Panel(int panel) => _panels.Pointer + (long)panel * Width * _dimensions;
}
