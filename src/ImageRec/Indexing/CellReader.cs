using System.Numerics;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Reads cells for one query: codes of all rows, floats of those whose bound reaches the threshold.</summary>
internal readonly unsafe struct CellReader
{
    private const int RowsAhead = 8;
    private const int BestFirst = 16;
    private const int PrefetchRowBytes = 1024;
    private const float UnlikelyDeviations = 3.4f;
    private readonly Segment _segment;
    private readonly QueryState _state;
    private readonly SegmentScratch _scratch;
    private readonly NibbleQuery _code;
    private readonly bool _exact;
    private readonly bool _mayHaveDeleted;

    /// <summary>Encodes the query for the segment.</summary>
    public CellReader(Segment segment, QueryState state, bool exact, bool mayHaveDeleted)
    {
        (_segment, _state, _scratch, _exact, _mayHaveDeleted) = (segment, state, state.Scratch, exact, mayHaveDeleted);
        _scratch.Reserve(segment);
        _scratch.Code.Set(state.Query, state.Norm, segment);
        // Rounding of the sums themselves, well above what d additions of numbers up to 30 can lose.
        Margin = exact ? (segment.Dimensions + 512) * 1.2e-7f * Math.Max(1, state.Norm) : 0;
        // A product with a random direction deviates by 1/sqrt(d): hardly any row exceeds its estimate by so many deviations.
        var factor = state.Norm * Math.Min(1, UnlikelyDeviations / MathF.Sqrt(segment.Dimensions));
        _code = exact ? _scratch.Code.Bound : _scratch.Code.Estimate.With(_scratch.Code.Estimate.Intercept, factor);
    }

    /// <summary>What is added to bounds that must hold.</summary>
    public float Margin { get; }

    /// <summary>Offers the rows of a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="next">The cell read after it, prefetched block by block meanwhile; -1 if there is none.</param>
    public void Read(int cell, int next = -1)
    {
        var ahead = AheadTo(next);
        if (!_exact)
            _scratch.Similarities[cell] = DotKernel.Dot(_state.Query, _segment.Cells[cell], _segment.Stride);
        _scratch.RowsRead += _segment.RowStart[cell + 1] - _segment.RowStart[cell];
        var start = _scratch.Similarities[cell] + Margin;
        var firstBlock = _segment.BlockStart[cell];
        var lastBlock = _segment.BlockStart[cell + 1];
        for (var block = firstBlock; block < lastBlock; block += SegmentScratch.ChunkBlocks)
        {
            var row = _segment.RowStart[cell] + (block - firstBlock) * NibbleKernel.BlockRows;
            var end = Math.Min(block + SegmentScratch.ChunkBlocks, lastBlock);
            Score(Collect(block, end, row, _segment.RowStart[cell + 1], start, ref ahead));
        }
        ahead.Finish();
    }

    /// <summary>Finds the rows whose bounds radius the threshold.</summary>
    private int Collect(int block, int lastBlock, int row, int lastRow, float start, ref ReadAhead ahead)
    {
        int* candidates = _scratch.Candidates;
        float* candidateBounds = _scratch.CandidateBounds, bounds = _scratch.Bounds;
        var threshold = _state.Threshold;
        var count = 0;
        var at = _segment.Block(block);
        for (; block < lastBlock; block++, at += _segment.BlockBytes, row += NibbleKernel.BlockRows)
        {
            ahead.Step(_segment.BlockBytes);
            var mask = NibbleKernel.Bound(at, _code, start, threshold, bounds);
            if (lastRow - row < NibbleKernel.BlockRows)
                mask &= (1u << (lastRow - row)) - 1;
            for (; mask != 0; mask &= mask - 1)
            {
                var position = BitOperations.TrailingZeroCount(mask);
                candidates[count] = row + position;
                candidateBounds[count++] = bounds[position];
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
            BestFew.Insert(i, bounds[i], items, values, ref best, capacity);
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
        if (!_state.Allows(key, new RowLocation(_segment.Id, row), _mayHaveDeleted))
            return;
        float* values;
        if (_segment.Rows != null)
        {
            values = _segment.Row(row);
        }
        else
        {
            values = _scratch.Row;
            if (!(_state.Source ?? _segment.Source!).TryRead(key, new Span<float>(values, _segment.Dimensions)))
                return;
        }
        _state.Top.Offer(key, _state.Score(values));
    }

    private void PrefetchRow(int row)
    {
        if (_segment.Rows != null)
            Prefetch.Read(_segment.Row(row), Math.Min(_segment.Stride * sizeof(float), PrefetchRowBytes));
    }

    private ReadAhead AheadTo(int cell)
    {
        if (cell < 0)
            return default;
        if (!_exact)
            Prefetch.Read(_segment.Cells[cell], Math.Min(_segment.Stride * sizeof(float), PrefetchRowBytes));
        return new ReadAhead(_segment.Block(_segment.BlockStart[cell]), _segment.Block(_segment.BlockStart[cell + 1]));
    }
}
