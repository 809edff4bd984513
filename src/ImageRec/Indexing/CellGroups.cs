using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>
/// Groups neighboring cells by second-level centroids, so that a row is compared with the cells of the nearest groups only.
/// </summary>
/// <remarks>
/// A group has 64 cells; its second-level centroid is the mean of their centroids. Cells are halved again and again along the direction in
/// which their halves lie furthest apart, at multiples of 64, so that all groups but one are full.
/// </remarks>
internal sealed unsafe class CellGroups
{
    private const int Width = ProductKernel.PanelWidth;
    private const int HalvingRounds = 4;
    private readonly CellSet _cells;
    private readonly int[] _order;

    public CellGroups(CellSet cells)
    {
        _cells = cells;
        Count = (cells.Count + Width - 1) / Width;
        _order = new int[cells.Count];
        for (var cell = 0; cell < _order.Length; cell++)
            _order[cell] = cell;
        Halve(_order, Count);
        Centroids = new CellSet(Count, cells.Dimensions);
        for (var group = 0; group < Count; group++)
            Mean(this[group], Row(Centroids[group]));
    }

    /// <summary>Number of groups.</summary>
    public int Count { get; }

    /// <summary>All cells, group by group.</summary>
    public ReadOnlySpan<int> Order => _order;

    /// <summary>The second-level centroids.</summary>
    public CellSet Centroids { get; }

    /// <summary>The cells of a group: 64 of them, fewer in one group.</summary>
    public ReadOnlySpan<int> this[int group] => _order.AsSpan(group * Width, Math.Min(Width, _order.Length - group * Width));

    private void Halve(Span<int> cells, int groups)
    {
        if (groups == 1)
            return;
        var middle = groups / 2 * Width;
        var direction = new float[_cells.Stride];
        var other = new float[_cells.Stride];
        var along = new float[cells.Length];
        Row(_cells[cells[0]]).CopyTo(other);
        TensorPrimitives.Subtract(Row(_cells[Farthest(cells, other)]), other, direction);
        for (var round = 0; round < HalvingRounds; round++)
        {
            for (var i = 0; i < cells.Length; i++)
                along[i] = TensorPrimitives.Dot(Row(_cells[cells[i]]), direction);
            along.AsSpan().Sort(cells);
            Mean(cells[..middle], other);
            Mean(cells[middle..], direction);
            TensorPrimitives.Subtract(direction, other, direction);
        }
        Halve(cells[..middle], groups / 2);
        Halve(cells[middle..], groups - groups / 2);
    }

    private int Farthest(ReadOnlySpan<int> cells, ReadOnlySpan<float> from)
    {
        var (farthest, longest) = (cells[0], -1f);
        foreach (var cell in cells)
        {
            var distance = TensorPrimitives.Distance(Row(_cells[cell]), from);
            if (distance > longest)
                (farthest, longest) = (cell, distance);
        }
        return farthest;
    }

    private void Mean(ReadOnlySpan<int> cells, Span<float> mean)
    {
        mean.Clear();
        foreach (var cell in cells)
            TensorPrimitives.Add(mean, Row(_cells[cell]), mean);
        TensorPrimitives.Divide(mean, cells.Length, mean);
    }

    private Span<float> Row(float* row) => new(row, _cells.Stride);
}
