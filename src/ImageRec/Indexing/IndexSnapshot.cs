using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Holds all rows as they were after some change. Immutable: a search keeps the one it began with.</summary>
/// <param name="Dimensions">Dimensions per row; 0 before the first row.</param>
/// <param name="Count">Rows held.</param>
/// <param name="Segments">Coded rows, largest first.</param>
/// <param name="Tail">Rows not coded yet.</param>
/// <param name="Locations">Where each key's row lies; what lies elsewhere under that key is deleted.</param>
/// <param name="Version">Counts changes of the rows; merging, which changes where they lie, leaves it.</param>
internal sealed record IndexSnapshot(
    int Dimensions, int Count, SegmentPart[] Segments, TailPart[] Tail, PagedArray<RowLocation> Locations, long Version)
{
    public static IndexSnapshot Empty { get; } = new(0, 0, [], [], PagedArray<RowLocation>.Empty, 0);

    public int TailRows => Tail.Sum(part => part.Count);

    /// <summary>Rows of segments and tails that were replaced or removed since.</summary>
    public int DeletedRows => Segments.Sum(part => part.Deleted) + Tail.Sum(part => part.Deleted);

    /// <summary>Bytes of memory held.</summary>
    public long Bytes => Segments.Sum(part => part.Segment.Bytes) + Tail.Sum(part => part.Chunk.Bytes) + Locations.Bytes;

    /// <summary>Copies one row; false where the key is not held.</summary>
    /// <param name="key">Any key.</param>
    /// <param name="row">d values.</param>
    /// <param name="source">Where rows are read from that are not in memory; null for the one the index was made with.</param>
    public unsafe bool TryGetRow(int key, Span<float> row, IRowSource? source = null)
    {
        var location = key < 0 ? RowLocation.None : Locations[key];
        if (location == RowLocation.None)
            return false;
        foreach (var part in Tail)
        {
            if (part.Chunk.Id == location.Part)
                new ReadOnlySpan<float>(part.Chunk.Row(location.Row), Dimensions).CopyTo(row);
        }
        foreach (var part in Segments)
        {
            if (part.Segment.Id != location.Part)
                continue;
            if (part.Segment.Rows == null)
                return (source ?? part.Segment.Source!).TryRead(key, row);
            new ReadOnlySpan<float>(part.Segment.Row(location.Row), Dimensions).CopyTo(row);
        }
        GC.KeepAlive(this);
        return true;
    }

    /// <summary>Frees the memory of all parts; nobody may be reading any more.</summary>
    public void Free()
    {
        foreach (var part in Segments)
            part.Segment.Free();
        foreach (var part in Tail)
            part.Chunk.Free();
    }
}
