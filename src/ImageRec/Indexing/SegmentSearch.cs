using System.Numerics;
using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Searches one segment for one query: cells by what they can hold, rows by what their codes allow, floats for the rest.</summary>
/// <remarks>
/// Exact and approximate search are the same walk. A row x filed under centroid c scores q.c + q.(x - c). By Cauchy-Schwarz the second part is at
/// most |q| times the cell's reach, or the code's estimate plus |q| times what the code leaves out. Exact search skips only what these bounds
/// exclude. Approximate search multiplies both by a factor: in many dimensions products are far below their bounds.
/// </remarks>
internal readonly unsafe struct SegmentSearch
{
    private const int FirstCells = 4;
    private const int RowsAhead = 8;
    private const int BestFirst = 16;
    private const int CellsACheck = 64;
    private const int CellsATime = 128;
    private const float UnlikelyDeviations = 3.4f;
    private readonly Segment _segment;
    private readonly QueryState _state;
    private readonly SegmentScratch _scratch;
    private readonly NibbleQuery _code;
    private readonly float _margin;
    private readonly bool _exact;
    private readonly bool _mayHaveDead;

    private SegmentSearch(Segment segment, QueryState state, Tuning tuning, bool mayHaveDead)
    {
        (_segment, _state, _scratch, _mayHaveDead) = (segment, state, state.Scratch, mayHaveDead);
        _exact = tuning.IsExact;
        _scratch.Reserve(segment);
        _scratch.Code.Set(state.Query, state.Norm, segment);
        // Rounding of the sums themselves, well above what d additions of numbers up to 30 can lose.
        _margin = _exact ? (segment.Dimensions + 512) * 1.2e-7f * Math.Max(1, state.Norm) : 0;
        // A product with a random direction deviates by 1/sqrt(d): so much above the estimate hardly any row comes.
        _code = _exact ? _scratch.Code.Bound : _scratch.Code.Estimate.With(_scratch.Code.Estimate.Intercept, state.Norm * Math.Min(1, UnlikelyDeviations / MathF.Sqrt(segment.Dimensions)));
    }

    public static void Run(Segment segment, QueryState state, Tuning tuning, bool mayHaveDead, CancellationToken cancellationToken)
    {
        var search = Begin(segment, state, tuning, mayHaveDead);
        search.ReadRest(cancellationToken);
    }

    /// <summary>Bounds all cells and reads the most promising, after which the threshold is nearly what it will be.</summary>
    public static SegmentSearch Begin(Segment segment, QueryState state, Tuning tuning, bool mayHaveDead)
    {
        var search = new SegmentSearch(segment, state, tuning, mayHaveDead);
        if (tuning.IsExact)
            search.BoundCells();
        else
            search.EstimateCells(tuning.CellFactor * state.Norm);
        var first = stackalloc int[FirstCells];
        var count = search.MostPromising(first);
        for (var i = 0; i < count; i++)
        {
            search.Read(first[i]);
            search._scratch.CellBounds[first[i]] = float.NegativeInfinity;
        }
        return search;
    }

    /// <summary>Reads a cell unless its bound excludes it. For passes over all cells that several queries share.</summary>
    public void ReadUnlessExcluded(int cell)
    {
        if (_scratch.CellBounds[cell] > float.NegativeInfinity && _scratch.CellBounds[cell] >= _state.Threshold)
            Read(cell);
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
            if (i % CellsACheck == CellsACheck - 1)
                cancellationToken.ThrowIfCancellationRequested();
            if (i + 1 < count)
                PrefetchCell(order[i + 1]);
            Read(order[i]);
        }
    }

    private void BoundCells()
    {
        var count = _segment.Cells.Count;
        for (var cell = 0; cell < count; cell++)
            _scratch.Similarities[cell] = DotKernel.Dot(_state.Query, _segment.Cells[cell], _segment.Stride);
        TensorPrimitives.MultiplyAdd(_segment.Reach, _state.Norm, new ReadOnlySpan<float>(_scratch.Similarities, count), new Span<float>(_scratch.CellBounds, count));
        TensorPrimitives.Add(new ReadOnlySpan<float>(_scratch.CellBounds, count), _margin, new Span<float>(_scratch.CellBounds, count));
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
        for (var start = 0; start < _segment.Cells.Count; start += CellsATime)
        {
            var threshold = count < FirstCells ? float.NegativeInfinity : best[FirstCells - 1];
            var promising = SelectKernel.AtLeast(_scratch.CellBounds + start, Math.Min(CellsATime, _segment.Cells.Count - start), threshold, _scratch.Order);
            for (var i = 0; i < promising; i++)
            {
                var cell = start + _scratch.Order[i];
                Insert(cell, _scratch.CellBounds[cell], cells, best, ref count, FirstCells);
            }
        }
        return count;
    }

    private static void Insert(int item, float value, int* items, float* values, ref int count, int capacity)
    {
        if (count == capacity && value <= values[capacity - 1])
            return;
        var i = count < capacity ? count++ : capacity - 1;
        for (; i > 0 && values[i - 1] < value; i--)
            (values[i], items[i]) = (values[i - 1], items[i - 1]);
        (values[i], items[i]) = (value, item);
    }

    private void Read(int cell)
    {
        if (!_exact)
            _scratch.Similarities[cell] = DotKernel.Dot(_state.Query, _segment.Cells[cell], _segment.Stride);
        _scratch.RowsRead += _segment.RowStart[cell + 1] - _segment.RowStart[cell];
        var start = _scratch.Similarities[cell] + _margin;
        var firstBlock = _segment.BlockStart[cell];
        var lastBlock = _segment.BlockStart[cell + 1];
        for (var block = firstBlock; block < lastBlock; block += SegmentScratch.ChunkBlocks)
        {
            var row = _segment.RowStart[cell] + (block - firstBlock) * NibbleKernel.BlockRows;
            Score(Collect(block, Math.Min(block + SegmentScratch.ChunkBlocks, lastBlock), row, _segment.RowStart[cell + 1], start));
        }
    }

    /// <summary>Finds the rows whose bounds reach the threshold.</summary>
    private int Collect(int block, int lastBlock, int row, int lastRow, float start)
    {
        int* candidates = _scratch.Candidates;
        float* candidateBounds = _scratch.CandidateBounds, bounds = _scratch.Bounds;
        var threshold = _state.Threshold;
        var count = 0;
        var at = _segment.Block(block);
        for (; block < lastBlock; block++, at += _segment.BlockBytes, row += NibbleKernel.BlockRows)
        {
            var mask = NibbleKernel.Bound(at, _code, start, threshold, bounds);
            if (lastRow - row < NibbleKernel.BlockRows)
                mask &= (1u << (lastRow - row)) - 1;
            for (; mask != 0; mask &= mask - 1)
            {
                var place = BitOperations.TrailingZeroCount(mask);
                candidates[count] = row + place;
                candidateBounds[count++] = bounds[place];
            }
        }
        return count;
    }

    private void Score(int count)
    {
        if (count > 4 * Math.Min(_state.Top.Capacity, BestFirst))
            count = ScoreBest(count);
        int* candidates = _scratch.Candidates;
        var bounds = _scratch.CandidateBounds;
        for (var i = 0; i < Math.Min(RowsAhead, count); i++)
            PrefetchRow(candidates[i]);
        for (var i = 0; i < count; i++)
        {
            if (i + RowsAhead < count)
                PrefetchRow(candidates[i + RowsAhead]);
            if (bounds[i] >= _state.Threshold)
                Offer(candidates[i]);
        }
    }

    /// <summary>Scores the candidates with the highest bounds first: the threshold they set spares most of the others.</summary>
    /// <returns>How many candidates are left, packed.</returns>
    private int ScoreBest(int count)
    {
        var capacity = Math.Min(_state.Top.Capacity, BestFirst);
        var values = stackalloc float[BestFirst];
        var items = stackalloc int[BestFirst];
        int* candidates = _scratch.Candidates;
        var bounds = _scratch.CandidateBounds;
        var best = 0;
        for (var i = 0; i < count; i++)
            Insert(i, bounds[i], items, values, ref best, capacity);
        for (var i = 0; i < best; i++)
            PrefetchRow(candidates[items[i]]);
        for (var i = 0; i < best; i++)
        {
            Offer(candidates[items[i]]);
            candidates[items[i]] = -1;
        }
        var left = 0;
        for (var i = 0; i < count; i++)
        {
            if (candidates[i] >= 0 && bounds[i] >= _state.Threshold)
                (candidates[left], bounds[left++]) = (candidates[i], bounds[i]);
        }
        return left;
    }

    private void Offer(int row)
    {
        var key = _segment.Keys[row];
        if (!_state.Allows(key, new RowPlace(_segment.Id, row), _mayHaveDead))
            return;
        float* values;
        if (_segment.Rows != null)
        {
            values = _segment.Row(row);
        }
        else
        {
            values = _scratch.Row;
            _segment.Source!.Read(key, new Span<float>(values, _segment.Dimensions));
        }
        _state.Top.Offer(key, _state.Score(values));
    }

    private void PrefetchRow(int row)
    {
        if (_segment.Rows != null)
            Prefetch.Read(_segment.Row(row), Math.Min(_segment.Stride * sizeof(float), 1024));
    }

    private void PrefetchCell(int cell)
    {
        Prefetch.Read(_segment.Block(_segment.BlockStart[cell]), 4096);
        if (!_exact)
            Prefetch.Read(_segment.Cells[cell], Math.Min(_segment.Stride * sizeof(float), 1024));
    }
}
