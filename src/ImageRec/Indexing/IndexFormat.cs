using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>How segments are stored: their cells and codes, without the rows. Little-endian.</summary>
internal static class IndexFormat
{
    private const ulong Kind = 0x3145_4E49_534F_4349; // "ICOSINE1"
    private const int Version = 1;
    private const int Dead = -1;

    public static void Write(IndexSnapshot snapshot, Stream destination, CancellationToken cancellationToken)
    {
        var to = new CheckedWriter(destination, cancellationToken);
        to.Write([Kind]);
        to.Write([Version, snapshot.Dimensions, snapshot.Segments.Length]);
        to.WriteCheck();
        foreach (var part in snapshot.Segments)
            Write(part, snapshot.Places, to);
        GC.KeepAlive(snapshot);
    }

    public static List<Segment> Read(Stream source, IRowSource? rows, CancellationToken cancellationToken)
    {
        var from = new CheckedReader(source, cancellationToken);
        Span<ulong> kind = stackalloc ulong[1];
        from.Read(kind);
        if (kind[0] != Kind)
            throw new InvalidDataException("This is not the state of a cosine recommender.");
        Span<int> header = stackalloc int[3];
        from.Read(header);
        if (header[0] != Version)
            throw new InvalidDataException(
                $"The state has version {header[0]}; this library reads version {Version}. Build the catalogue again, or use the library that wrote it.");
        from.Check();
        var segments = new List<Segment>();
        for (var i = 0; i < header[2]; i++)
            segments.Add(ReadSegment(i + 1, header[1], from, rows));
        return segments;
    }

    private static void Write(SegmentPart part, PagedArray<RowPlace> places, CheckedWriter to)
    {
        var segment = part.Segment;
        to.Write([segment.Count, segment.Cells.Count]);
        to.Write([segment.LongestCode, segment.Tuning.CellFactor]);
        to.Write([segment.Tuning.Recall]);
        to.WriteCheck();
        to.Write<int>(segment.RowStart);
        to.Write<float>(segment.Reach);
        to.Write<float>(segment.Weights);
        var keys = (int[])segment.Keys.Clone();
        for (var row = 0; row < keys.Length; row++)
        {
            if (places[keys[row]] != new RowPlace(segment.Id, row))
                keys[row] = Dead;
        }
        to.Write<int>(keys);
        to.Write<uint>(segment.Hashes);
        to.Write(segment.Cells.Buffer);
        to.Write(segment.CellBlocks);
        to.Write(segment.Blocks);
        to.WriteCheck();
    }

    private static Segment ReadSegment(int id, int dimensions, CheckedReader from, IRowSource? rows)
    {
        Span<int> sizes = stackalloc int[2];
        Span<float> factors = stackalloc float[2];
        Span<double> recall = stackalloc double[1];
        from.Read(sizes);
        from.Read(factors);
        from.Read(recall);
        from.Check();
        var cells = new CellSet(sizes[1], dimensions);
        int[] rowStart = new int[sizes[1] + 1], keys = new int[sizes[0]];
        float[] reach = new float[sizes[1]], weights = new float[RowLayout.Groups(dimensions) * 4];
        var hashes = new uint[sizes[0]];
        from.Read<int>(rowStart);
        from.Read<float>(reach);
        from.Read<float>(weights);
        from.Read<int>(keys);
        from.Read<uint>(hashes);
        var blockStart = SegmentBuilder.BlockStarts(rowStart);
        var blockBytes = NibbleKernel.BlockBytes(RowLayout.Groups(dimensions));
        var cellBlocks = new NativeBuffer<byte>((long)SegmentBuilder.Blocks(sizes[1]) * blockBytes);
        var blocks = new NativeBuffer<byte>((long)blockStart[^1] * blockBytes);
        from.Read(cells.Buffer);
        from.Read(cellBlocks);
        from.Read(blocks);
        from.Check();
        return new Segment
        {
            Id = id, Count = sizes[0], Cells = cells, RowStart = rowStart, BlockStart = blockStart, Reach = reach, Weights = weights, LongestCode = factors[0],
            Blocks = blocks, CellBlocks = cellBlocks, Keys = keys, Hashes = hashes, Source = rows,
            Rows = rows == null ? new NativeBuffer<float>((long)sizes[0] * cells.Stride) : null, Tuning = new Tuning(factors[1], recall[0]),
        };
    }
}
