using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Searches one segment for one query: cells by what they can hold, rows by what their codes allow, floats for the rest.</summary>
/// <remarks>
/// Exact and approximate search are the same walk. A row x assigned to centroid c scores q.c + q.(x - c). By Cauchy-Schwarz the second part
/// is at most |q| times the cell's radius, or the code's estimate plus |q| times what the code leaves out. Exact search skips only what
/// these bounds exclude. Approximate search multiplies both by a factor: in many dimensions products are far below their bounds.
/// </remarks>
internal readonly unsafe struct SegmentSearch
{
    private const int FirstCells = 4;
    private const int CellsPerCheck = 64;
    private const int CellsPerPart = 128;
    private readonly Segment _segment;
    private readonly QueryState _state;
    private readonly SegmentScratch _scratch;
    private readonly CellReader _cells;

    private SegmentSearch(Segment segment, QueryState state, bool exact, bool mayHaveDeleted)
    {
        (_segment, _state, _scratch) = (segment, state, state.Scratch);
        _cells = new CellReader(segment, state, exact, mayHaveDeleted);
    }

    /// <summary>Searches the segment.</summary>
    public static void Run(Segment segment, QueryState state, Tuning tuning, bool mayHaveDeleted, CancellationToken cancellationToken)
    {
        var search = Begin(segment, state, tuning, mayHaveDeleted);
        if (tuning.IsExact && state.Top.Count == state.Top.Capacity)
            search.ReadAll(cancellationToken);
        else
            search.ReadRest(cancellationToken);
    }

    /// <summary>Bounds all cells and reads the most promising, after which the threshold is nearly what it will be.</summary>
    private static SegmentSearch Begin(Segment segment, QueryState state, Tuning tuning, bool mayHaveDeleted)
    {
        var search = new SegmentSearch(segment, state, tuning.IsExact, mayHaveDeleted);
        if (tuning.IsExact)
            search.BoundCells();
        else
            search.EstimateCells(tuning.CellFactor * segment.SpreadAlong(state.Query));
        var first = stackalloc int[FirstCells];
        var count = search.MostPromising(first);
        for (var i = 0; i < count; i++)
        {
            search._cells.Read(first[i], i + 1 < count ? first[i + 1] : -1);
            search._scratch.CellBounds[first[i]] = float.NegativeInfinity;
        }
        return search;
    }

    /// <summary>Reads a cell unless its bound excludes it.</summary>
    private void ReadUnlessExcluded(int cell)
    {
        if (_scratch.CellBounds[cell] > float.NegativeInfinity && _scratch.CellBounds[cell] >= _state.Threshold)
            _cells.Read(cell);
    }

    /// <summary>
    /// Reads all cells as they lie, which memory serves fastest: exact search excludes few cells, and its threshold is nearly final by now.
    /// </summary>
    private void ReadAll(CancellationToken cancellationToken)
    {
        for (var cell = 0; cell < _segment.Cells.Count; cell++)
        {
            if (cell % CellsPerCheck == 0)
                cancellationToken.ThrowIfCancellationRequested();
            ReadUnlessExcluded(cell);
        }
    }

    private void ReadRest(CancellationToken cancellationToken)
    {
        float* bounds = _scratch.CellBounds;
        var order = _scratch.Order;
        var count = SelectKernel.AtLeast(bounds, _segment.Cells.Count, _state.Threshold, order);
        // Packed in place: positions ascend, so nothing is overwritten before it is read.
        for (var i = 0; i < count; i++)
            bounds[i] = -bounds[order[i]];
        new Span<float>(bounds, count).Sort(new Span<int>(order, count));
        for (var i = 0; i < count; i++)
        {
            if (-bounds[i] < _state.Threshold || float.IsPositiveInfinity(bounds[i]))
                break;
            if (i % CellsPerCheck == CellsPerCheck - 1)
                cancellationToken.ThrowIfCancellationRequested();
            _cells.Read(order[i], i + 1 < count ? order[i + 1] : -1);
        }
    }

    private void BoundCells()
    {
        var count = _segment.Cells.Count;
        for (var cell = 0; cell < count; cell++)
            _scratch.Similarities[cell] = DotKernel.Dot(_state.Query, _segment.Cells[cell], _segment.Stride);
        var bounds = new Span<float>(_scratch.CellBounds, count);
        TensorPrimitives.MultiplyAdd(_segment.Radius, _state.Norm, new ReadOnlySpan<float>(_scratch.Similarities, count), bounds);
        TensorPrimitives.Add(bounds, _cells.Margin, bounds);
    }

    private void EstimateCells(float factor)
    {
        var code = _scratch.Code.Estimate.With(_scratch.Code.Estimate.Intercept, factor);
        for (var cell = 0; cell < _segment.Cells.Count; cell += NibbleKernel.BlockRows)
        {
            var block = _segment.CellBlocks.Pointer + (long)(cell / NibbleKernel.BlockRows) * _segment.BlockBytes;
            _ = NibbleKernel.Bound(block, code, 0, 0, _scratch.CellBounds + cell);
        }
    }

    private int MostPromising(int* cells)
    {
        var best = stackalloc float[FirstCells];
        var count = 0;
        for (var start = 0; start < _segment.Cells.Count; start += CellsPerPart)
        {
            var threshold = count < FirstCells ? float.NegativeInfinity : best[FirstCells - 1];
            var length = Math.Min(CellsPerPart, _segment.Cells.Count - start);
            var promising = SelectKernel.AtLeast(_scratch.CellBounds + start, length, threshold, _scratch.Order);
            for (var i = 0; i < promising; i++)
            {
                var cell = start + _scratch.Order[i];
                BestFew.Insert(cell, _scratch.CellBounds[cell], cells, best, ref count, FirstCells);
            }
        }
        return count;
    }
}
