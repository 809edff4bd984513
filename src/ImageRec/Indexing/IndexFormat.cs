using ImageRec.Fitting;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Writes and reads segments: their cells and codes, without the rows. One frame for the index, then one per segment.</summary>
internal static class IndexFormat
{
    private const string IndexKind = "IRIX";
    private const string SegmentKind = "IRSG";
    private const int Version = 1;
    private const int Deleted = -1;

    /// <summary>Writes the segments of a snapshot.</summary>
    public static void Write(IndexSnapshot snapshot, Stream destination, CancellationToken cancellationToken)
    {
        var frame = new StateWriter(destination, IndexKind, Version, 2 * sizeof(int), cancellationToken);
        frame.Write([snapshot.Dimensions, snapshot.Segments.Length]);
        frame.Complete();
        foreach (var part in snapshot.Segments)
            Write(part.Segment, snapshot.Locations, destination, cancellationToken);
        GC.KeepAlive(snapshot);
    }

    /// <summary>Reads what <see cref="Write(IndexSnapshot, Stream, CancellationToken)"/> wrote.</summary>
    /// <param name="source">Read to the end of the state.</param>
    /// <param name="rows">Where rows are read from that are not in memory; null to make room for them.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="InvalidDataException">The state is damaged, or of another kind or version.</exception>
    public static List<Segment> Read(Stream source, IRowSource? rows, CancellationToken cancellationToken)
    {
        var frame = new StateReader(source, IndexKind, Version, cancellationToken);
        Span<int> sizes = stackalloc int[2];
        frame.Read(sizes);
        frame.Complete();
        var segments = new List<Segment>();
        for (var i = 0; i < sizes[1]; i++)
            segments.Add(ReadSegment(i + 1, sizes[0], new StateReader(source, SegmentKind, Version, cancellationToken), rows));
        return segments;
    }

    private static void Write(Segment segment, PagedArray<RowLocation> locations, Stream destination, CancellationToken cancellationToken)
    {
        var length = LengthWithoutBlocks(segment.Count, segment.Cells.Count, segment.Dimensions) + segment.Blocks.Length;
        var frame = new StateWriter(destination, SegmentKind, Version, length, cancellationToken);
        frame.Write([segment.Count, segment.Cells.Count]);
        frame.Write([segment.LongestCode, segment.Tuning.CellFactor]);
        frame.Write([segment.Tuning.Recall]);
        frame.Write<int>(segment.RowStart);
        frame.Write<float>(segment.Radius);
        frame.Write<float>(segment.Weights);
        var keys = (int[])segment.Keys.Clone();
        for (var row = 0; row < keys.Length; row++)
        {
            if (locations[keys[row]] != new RowLocation(segment.Id, row))
                keys[row] = Deleted;
        }
        frame.Write<int>(keys);
        frame.Write<uint>(segment.Hashes);
        frame.Write(segment.Cells.Buffer);
        frame.Write(segment.CellBlocks);
        frame.Write(segment.Blocks);
        frame.Complete();
    }

    private static Segment ReadSegment(int id, int dimensions, StateReader frame, IRowSource? rows)
    {
        var length = frame.Left;
        Span<int> sizes = stackalloc int[2];
        Span<float> factors = stackalloc float[2];
        Span<double> recall = stackalloc double[1];
        frame.Read(sizes);
        frame.Read(factors);
        frame.Read(recall);
        var (count, cellCount) = (sizes[0], sizes[1]);
        if (dimensions < 1 || count < 0 || cellCount < 1 || LengthWithoutBlocks(count, cellCount, dimensions) > length)
            throw frame.Damaged("its sizes do not fit its length");
        var rowStart = new int[cellCount + 1];
        frame.Read<int>(rowStart);
        if (!IsAscending(rowStart, count))
            throw frame.Damaged("its cells do not hold its rows");
        var blockStart = SegmentBuilder.BlockStarts(rowStart);
        var blockBytes = NibbleKernel.BlockBytes(RowLayout.Groups(dimensions));
        if (LengthWithoutBlocks(count, cellCount, dimensions) + ((long)blockStart[^1] * blockBytes) != length)
            throw frame.Damaged("its sizes do not fit its length");

        float[] radius = new float[cellCount], weights = new float[RowLayout.Groups(dimensions) * 4];
        int[] keys = new int[count];
        var hashes = new uint[count];
        frame.Read<float>(radius);
        frame.Read<float>(weights);
        frame.Read<int>(keys);
        frame.Read<uint>(hashes);
        var cells = new CellSet(cellCount, dimensions);
        var cellBlocks = new NativeBuffer<byte>((long)SegmentBuilder.Blocks(cellCount) * blockBytes);
        var blocks = new NativeBuffer<byte>((long)blockStart[^1] * blockBytes);
        frame.Read(cells.Buffer);
        frame.Read(cellBlocks);
        frame.Read(blocks);
        frame.Complete();
        return new Segment
        {
            Id = id,
            Count = count,
            Cells = cells,
            RowStart = rowStart,
            BlockStart = blockStart,
            Radius = radius,
            Weights = weights,
            LongestCode = factors[0],
            Blocks = blocks,
            CellBlocks = cellBlocks,
            Keys = keys,
            Hashes = hashes,
            Source = rows,
            Rows = rows == null ? new NativeBuffer<float>((long)count * cells.Stride) : null,
            Tuning = new Tuning(factors[1], recall[0]),
        };
    }

    /// <summary>
    /// Computes the bytes of a segment's payload but for the blocks of its rows, whose number the rows of each cell decide.
    /// </summary>
    private static long LengthWithoutBlocks(int count, int cells, int dimensions)
    {
        var groups = ((long)dimensions + 3) / 4;
        var cellBlocks = ((long)cells + NibbleKernel.BlockRows - 1) / NibbleKernel.BlockRows;
        var stride = ((long)dimensions + RowLayout.FloatsPerLine - 1) / RowLayout.FloatsPerLine * RowLayout.FloatsPerLine;
        return (4 * sizeof(int)) + sizeof(double)
            + ((cells + 1L) * sizeof(int))
            + ((long)cells * sizeof(float))
            + (groups * 4 * sizeof(float))
            + ((long)count * (sizeof(int) + sizeof(uint)))
            + (cells * stride * sizeof(float))
            + (cellBlocks * ((groups * 64) + (NibbleKernel.BlockRows * 2 * sizeof(float))));
    }

    private static bool IsAscending(int[] rowStart, int count)
    {
        for (var cell = 1; cell < rowStart.Length; cell++)
        {
            if (rowStart[cell] < rowStart[cell - 1])
                return false;
        }
        return rowStart[0] == 0 && rowStart[^1] == count;
    }
}
