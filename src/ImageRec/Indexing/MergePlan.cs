using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Says which parts of a snapshot to build anew as one segment.</summary>
internal sealed record MergePlan(IndexSnapshot Snapshot, IReadOnlyList<SegmentPart> Segments, IReadOnlyList<TailPart> Tail)
{
    /// <summary>
    /// A merge takes in segments up to this many times its own size. So sizes grow geometrically, a row is rebuilt a few times at most, and
    /// a segment is clustered anew before what was added can outgrow its cells.
    /// </summary>
    private const int Ratio = 4;

    /// <summary>A segment with more than one deleted row in this many is stale and rebuilt.</summary>
    private const int DeletedShare = 4;

    /// <summary>Finds what is due now; null when nothing is.</summary>
    public static MergePlan? Due(IndexSnapshot snapshot, IndexSettings settings)
    {
        var tail = snapshot.TailRows >= settings.TailRows ? snapshot.Tail : [];
        var stale = snapshot.Segments.Where(part => part.Deleted * DeletedShare > part.Segment.Count).ToList();
        if (tail.Length == 0 && stale.Count == 0)
            return null;
        long rows = tail.Sum(part => part.Count - part.Deleted) + stale.Sum(part => part.Live);
        foreach (var part in snapshot.Segments.OrderBy(part => part.Live).Where(part => !stale.Contains(part)))
        {
            if (part.Live > Ratio * rows)
                break;
            stale.Add(part);
            rows += part.Live;
        }
        return new MergePlan(snapshot, stale, tail);
    }

    /// <summary>Plans to rebuild everything, unless it is one clean segment already.</summary>
    public static MergePlan? Whole(IndexSnapshot snapshot, IndexSettings settings) =>
        snapshot.Tail.Length == 0 && snapshot.Segments.Length <= 1 && snapshot.DeletedRows == 0
            ? null
            : new MergePlan(snapshot, snapshot.Segments, snapshot.Tail);

    /// <summary>Collects the live rows of the parts, by key.</summary>
    /// <returns>
    /// Null when a row that is not in memory is another one by now, or not there yet: the change that made it so is still under way.
    /// </returns>
    public unsafe RowSet? Rows()
    {
        var keys = new List<int>();
        var addresses = new List<nint>();
        var owners = new List<object>();
        foreach (var part in Segments)
        {
            var segment = part.Segment;
            if ((segment.Rows ?? ReadAll(segment)) is not { } values)
                return null;
            owners.Add(values);
            for (var row = 0; row < segment.Count; row++)
                Add(segment.Keys[row], new RowLocation(segment.Id, row), values.Pointer + (long)row * segment.Stride);
        }
        foreach (var part in Tail)
        {
            owners.Add(part.Chunk);
            for (var row = 0; row < part.Count; row++)
                Add(part.Chunk.Key(row), new RowLocation(part.Chunk.Id, row), part.Chunk.Row(row));
        }
        var sorted = keys.ToArray();
        var sortedAddresses = addresses.ToArray();
        Array.Sort(sorted, sortedAddresses);
        return new RowSet(sorted, sortedAddresses, Snapshot.Dimensions, RowLayout.Stride(Snapshot.Dimensions), owners);

        void Add(int key, RowLocation location, float* address)
        {
            if (Snapshot.Locations[key] != location)
                return;
            keys.Add(key);
            addresses.Add((nint)address);
        }
    }

    private NativeBuffer<float>? ReadAll(Segment segment)
    {
        var values = new NativeBuffer<float>((long)segment.Count * segment.Stride);
        for (var row = 0; row < segment.Count; row++)
        {
            if (Snapshot.Locations[segment.Keys[row]] != new RowLocation(segment.Id, row))
                continue;
            var read = values.Slice((long)row * segment.Stride, segment.Dimensions);
            if (!segment.Source!.TryRead(segment.Keys[row], read) || RowHash.Of(read) != segment.Hashes[row])
                return null;
        }
        return values;
    }
}
