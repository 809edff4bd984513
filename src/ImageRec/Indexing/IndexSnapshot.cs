using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>All rows as they were after some change. Immutable: a search keeps the one it began with.</summary>
/// <param name="Dimensions">Numbers a row; 0 before the first row.</param>
/// <param name="Count">Rows held.</param>
/// <param name="Segments">Coded rows, largest first.</param>
/// <param name="Tail">Rows not coded yet.</param>
/// <param name="Places">Where each key's row lies; what lies elsewhere under that key is dead.</param>
/// <param name="Version">Counts changes of the rows; merging, which changes where they lie, leaves it.</param>
internal sealed record IndexSnapshot(int Dimensions, int Count, SegmentPart[] Segments, TailPart[] Tail, PagedArray<RowPlace> Places, long Version)
{
    public static IndexSnapshot Empty { get; } = new(0, 0, [], [], PagedArray<RowPlace>.Empty, 0);

    public int TailRows => Tail.Sum(part => part.Count);

    /// <summary>Rows of segments and tails that were replaced or removed since.</summary>
    public int DeadRows => Segments.Sum(part => part.Dead) + Tail.Sum(part => part.Dead);

    /// <summary>Memory held.</summary>
    public long Bytes => Segments.Sum(part => part.Segment.Bytes) + Tail.Sum(part => part.Chunk.Bytes) + Places.Bytes;

    /// <summary>Copies one row; false where the key is not held.</summary>
    /// <param name="key">Any key.</param>
    /// <param name="row">d numbers.</param>
    /// <param name="source">Where rows are read from that are not in memory; null for the one the index was made with.</param>
    public unsafe bool TryGetRow(int key, Span<float> row, IRowSource? source = null)
    {
        var place = key < 0 ? RowPlace.None : Places[key];
        if (place == RowPlace.None)
            return false;
        foreach (var part in Tail)
        {
            if (part.Chunk.Id == place.Part)
                new ReadOnlySpan<float>(part.Chunk.Row(place.Row), Dimensions).CopyTo(row);
        }
        foreach (var part in Segments)
        {
            if (part.Segment.Id != place.Part)
                continue;
            if (part.Segment.Rows == null)
                return (source ?? part.Segment.Source!).TryRead(key, row);
            new ReadOnlySpan<float>(part.Segment.Row(place.Row), Dimensions).CopyTo(row);
        }
        GC.KeepAlive(this);
        return true;
    }

    /// <summary>Gives the memory of all parts back; nobody may be reading any more.</summary>
    public void Free()
    {
        foreach (var part in Segments)
            part.Segment.Free();
        foreach (var part in Tail)
            part.Chunk.Free();
    }
}
