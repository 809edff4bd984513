using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Makes the snapshot that follows another; the other stays as it is.</summary>
internal sealed class SnapshotChange(IndexSnapshot before)
{
    private readonly PagedArray<RowLocation>.Change _locations = before.Locations.Begin();
    private readonly Dictionary<int, int> _deleted = [];
    private int _count = before.Count;

    /// <summary>Adds or replaces rows.</summary>
    public IndexSnapshot Upsert(ReadOnlySpan<int> keys, FeatureMatrix rows, TailChunk chunk)
    {
        var grows = before.Tail is [.., var last] && last.Chunk == chunk;
        var first = grows ? before.Tail[^1].Count : 0;
        for (var i = 0; i < keys.Length; i++)
        {
            chunk.Write(first + i, keys[i], rows[i]);
            Leave(keys[i]);
            _locations[keys[i]] = new RowLocation(chunk.Id, first + i);
            _count++;
        }
        var part = new TailPart(chunk, first + keys.Length, grows ? before.Tail[^1].Deleted : 0);
        return Complete(before.Segments, [.. grows ? before.Tail[..^1] : before.Tail, part], rows.Columns, before.Version + 1);
    }

    /// <summary>Deletes rows.</summary>
    public IndexSnapshot Remove(ReadOnlySpan<int> keys)
    {
        foreach (var key in keys)
        {
            if (key >= 0 && Leave(key))
                _locations[key] = RowLocation.None;
        }
        return Complete(before.Segments, before.Tail, before.Dimensions, before.Version + 1);
    }

    /// <summary>
    /// Puts a segment where the parts of a plan were. Rows that changed since the plan was made stay where the change put them.
    /// </summary>
    public IndexSnapshot Replace(MergePlan plan, Segment? segment)
    {
        var merged = plan.Segments.Select(part => part.Segment.Id).Concat(plan.Tail.Select(part => part.Chunk.Id)).ToHashSet();
        var segments = before.Segments.Where(part => !merged.Contains(part.Segment.Id)).ToList();
        if (segment != null)
        {
            var deleted = 0;
            for (var row = 0; row < segment.Count; row++)
            {
                var key = segment.Keys[row];
                if (before.Locations[key] == plan.Snapshot.Locations[key])
                    _locations[key] = new RowLocation(segment.Id, row);
                else
                    deleted++;
            }
            segments.Add(new SegmentPart(segment, deleted));
        }
        return Complete(
            [.. segments.OrderByDescending(part => part.Segment.Count)],
            [.. before.Tail.Where(part => !merged.Contains(part.Chunk.Id))],
            before.Dimensions,
            before.Version);
    }

    private bool Leave(int key)
    {
        var location = _locations[key];
        if (location == RowLocation.None)
            return false;
        _deleted[location.Part] = _deleted.GetValueOrDefault(location.Part) + 1;
        _count--;
        return true;
    }

    private IndexSnapshot Complete(SegmentPart[] segments, TailPart[] tail, int dimensions, long version) => new(
        dimensions,
        _count,
        [.. segments.Select(part => part with { Deleted = part.Deleted + _deleted.GetValueOrDefault(part.Segment.Id) })],
        [.. tail.Select(part => part with { Deleted = part.Deleted + _deleted.GetValueOrDefault(part.Chunk.Id) })],
        _locations.Complete(),
        version);
}
