using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Builds a segment: cells, then rows in cell order, then codes.</summary>
internal sealed unsafe class SegmentBuilder
{
    private const int WeightSample = 20_000;
    private const double GroupShare = 2.5;
    private readonly RowSet _rows;
    private readonly IndexSettings _settings;
    private readonly CancellationToken _cancellationToken;
    private readonly CellSet _cells;
    private readonly int[] _assigned;
    private readonly int[] _order;
    private readonly int[] _rowStart;
    private readonly int[] _blockStart;
    private readonly float[] _weights;
    private readonly float[] _radius;
    private readonly float[] _size;
    private readonly uint[] _hashes;
    private readonly NativeBuffer<byte> _blocks;
    private readonly NativeBuffer<float>? _copy;
    private readonly int _blockBytes;
    private float _longestCode;

    private SegmentBuilder(RowSet rows, IndexSettings settings, CancellationToken cancellationToken)
    {
        (_rows, _settings, _cancellationToken) = (rows, settings, cancellationToken);
        var count = settings.CellsFor(rows.Count);
        _cells = CellTrainer.Train(rows, count, settings.Seed, settings.Threads, cancellationToken);
        _assigned = new int[rows.Count];
        new CellAssigner(_cells, GroupShare).Assign(rows, _assigned, settings.Threads, cancellationToken);
        (_rowStart, _blockStart, _order) = SortByCell(_assigned, count);
        _weights = Spread();
        (_radius, _size, _hashes) = (new float[count], new float[count], new uint[rows.Count]);
        _blockBytes = NibbleKernel.BlockBytes(RowLayout.Groups(rows.Dimensions));
        _blocks = new NativeBuffer<byte>((long)_blockStart[count] * _blockBytes);
        _copy = settings.Source == null ? new NativeBuffer<float>((long)rows.Count * rows.Stride) : null;
    }

    /// <summary>Builds and tunes. The same rows, settings and id give the same segment.</summary>
    public static Segment Build(RowSet rows, int id, IndexSettings settings, CancellationToken cancellationToken)
    {
        var segment = new SegmentBuilder(rows, settings, cancellationToken).Build(id);
        if (!settings.IsExact && segment.Count >= settings.LeastRowsForApproximation)
            segment.Tuning = new IndexTuner(segment, rows, settings, cancellationToken).Tune();
        GC.KeepAlive(rows);
        return segment;
    }

    private Segment Build(int id)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = _settings.Threads, CancellationToken = _cancellationToken };
        var gate = new Lock();
        Parallel.For(0, _cells.Count, options, () => new NibbleEncoder(_weights, _rows.Dimensions), (cell, _, encoder) =>
        {
            var longest = EncodeCell(cell, encoder);
            lock (gate)
                _longestCode = Math.Max(_longestCode, longest);
            return encoder;
        }, _ => { });
        var keys = new int[_rows.Count];
        for (var row = 0; row < keys.Length; row++)
            keys[row] = _rows.Keys[_order[row]];
        return new Segment
        {
            Id = id,
            Count = _rows.Count,
            Cells = _cells,
            RowStart = _rowStart,
            BlockStart = _blockStart,
            Radius = _radius,
            Weights = _weights,
            LongestCode = _longestCode,
            Blocks = _blocks,
            CellBlocks = EncodeCentroids(),
            Keys = keys,
            Hashes = _hashes,
            Rows = _copy,
            Source = _settings.Source,
        };
    }

    /// <summary>Returns how many blocks hold so many rows.</summary>
    public static int Blocks(int rows) => (rows + NibbleKernel.BlockRows - 1) / NibbleKernel.BlockRows;

    /// <summary>Finds the first block of each cell, and the block count: every cell begins a block.</summary>
    public static int[] BlockStarts(int[] rowStart)
    {
        var starts = new int[rowStart.Length];
        for (var cell = 1; cell < starts.Length; cell++)
            starts[cell] = starts[cell - 1] + Blocks(rowStart[cell] - rowStart[cell - 1]);
        return starts;
    }

    private static (int[] RowStart, int[] BlockStart, int[] Order) SortByCell(int[] assigned, int count)
    {
        var rowStart = new int[count + 1];
        foreach (var cell in assigned)
            rowStart[cell + 1]++;
        for (var cell = 0; cell < count; cell++)
            rowStart[cell + 1] += rowStart[cell];
        var order = new int[assigned.Length];
        var next = (int[])rowStart.Clone();
        for (var i = 0; i < assigned.Length; i++)
            order[next[assigned[i]]++] = i;
        return (rowStart, BlockStarts(rowStart), order);
    }

    /// <summary>
    /// Computes the standard deviation of each dimension around the centroids: codes then use all their levels in every dimension.
    /// </summary>
    private float[] Spread()
    {
        var squares = new double[_rows.Dimensions];
        var step = Math.Max(1, _rows.Count / WeightSample);
        var sampled = 0;
        for (var i = 0; i < _rows.Count; i += step, sampled++)
        {
            float* row = _rows[i], center = _cells[_assigned[i]];
            for (var j = 0; j < squares.Length; j++)
                squares[j] += ((double)row[j] - center[j]) * ((double)row[j] - center[j]);
        }
        // A floor, so that a dimension that hardly varied in the sample cannot take a row's whole range.
        var least = Math.Max(1e-6, 0.05 * Math.Sqrt(squares.Sum() / sampled / squares.Length));
        var weights = new float[RowLayout.Groups(_rows.Dimensions) * 4];
        for (var j = 0; j < weights.Length; j++)
            weights[j] = (float)Math.Max(least, j < squares.Length ? Math.Sqrt(squares[j] / sampled) : 0);
        return weights;
    }

    private float EncodeCell(int cell, NibbleEncoder encoder)
    {
        double longest = 0, radius = 0, squares = 0;
        for (var row = _rowStart[cell]; row < _rowStart[cell + 1]; row++)
        {
            var position = row - _rowStart[cell];
            var source = _rows[_order[row]];
            var block = _blocks.Pointer + (long)(_blockStart[cell] + position / NibbleKernel.BlockRows) * _blockBytes;
            encoder.Encode(source, _cells[cell], block, position % NibbleKernel.BlockRows);
            longest = Math.Max(longest, encoder.CodeNorm);
            radius = Math.Max(radius, encoder.Norm);
            squares += encoder.Norm * encoder.Norm;
            _hashes[row] = RowHash.Of(new ReadOnlySpan<float>(source, _rows.Dimensions));
            if (_copy != null)
                new ReadOnlySpan<float>(source, _rows.Stride).CopyTo(_copy.Slice((long)row * _rows.Stride, _rows.Stride));
        }
        _radius[cell] = (float)(radius * (1 + 1e-5) + 1e-6);
        _size[cell] = (float)Math.Sqrt(squares / Math.Max(1, _rowStart[cell + 1] - _rowStart[cell]));
        return (float)(longest * (1 + 1e-5));
    }

    private NativeBuffer<byte> EncodeCentroids()
    {
        var blocks = new NativeBuffer<byte>((long)Blocks(_cells.Count) * _blockBytes);
        var encoder = new NibbleEncoder(_weights, _rows.Dimensions);
        for (var cell = 0; cell < _cells.Count; cell++)
        {
            var block = blocks.Pointer + (long)(cell / NibbleKernel.BlockRows) * _blockBytes;
            var position = cell % NibbleKernel.BlockRows;
            encoder.Encode(_cells[cell], null, block, position);
            var errors = (float*)(block + RowLayout.Groups(_rows.Dimensions) * 64) + NibbleKernel.BlockRows;
            errors[position] = _size[cell];
        }
        return blocks;
    }
}
