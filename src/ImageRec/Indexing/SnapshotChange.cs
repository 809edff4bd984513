using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Makes the snapshot that follows another; the other stays as it is.</summary>
internal sealed class SnapshotChange(IndexSnapshot before)
{
    private readonly PagedArray<RowPlace>.Change _places = before.Places.Begin();
    private readonly Dictionary<int, int> _died = [];
    private int _count = before.Count;

    public IndexSnapshot Upsert(ReadOnlySpan<int> keys, FeatureMatrix rows, TailChunk chunk)
    {
        var grows = before.Tail is [.., var last] && last.Chunk == chunk;
        var first = grows ? before.Tail[^1].Count : 0;
        for (var i = 0; i < keys.Length; i++)
        {
            chunk.Write(first + i, keys[i], rows[i]);
            Leave(keys[i]);
            _places[keys[i]] = new RowPlace(chunk.Id, first + i);
            _count++;
        }
        var part = new TailPart(chunk, first + keys.Length, grows ? before.Tail[^1].Dead : 0);
        return Complete(before.Segments, [.. grows ? before.Tail[..^1] : before.Tail, part], rows.Columns, before.Version + 1);
    }

    public IndexSnapshot Remove(ReadOnlySpan<int> keys)
    {
        foreach (var key in keys)
        {
            if (key >= 0 && Leave(key))
                _places[key] = RowPlace.None;
        }
        return Complete(before.Segments, before.Tail, before.Dimensions, before.Version + 1);
    }

    /// <summary>Puts a segment where the parts of a plan were. Rows that changed since the plan was made stay where the change put them.</summary>
    public IndexSnapshot Replace(MergePlan plan, Segment? segment)
    {
        var merged = plan.Segments.Select(part => part.Segment.Id).Concat(plan.Tail.Select(part => part.Chunk.Id)).ToHashSet();
        var segments = before.Segments.Where(part => !merged.Contains(part.Segment.Id)).ToList();
        if (segment != null)
        {
            var dead = 0;
            for (var row = 0; row < segment.Count; row++)
            {
                var key = segment.Keys[row];
                if (before.Places[key] == plan.Snapshot.Places[key])
                    _places[key] = new RowPlace(segment.Id, row);
                else
                    dead++;
            }
            segments.Add(new SegmentPart(segment, dead));
        }
        return Complete([.. segments.OrderByDescending(part => part.Segment.Count)], [.. before.Tail.Where(part => !merged.Contains(part.Chunk.Id))], before.Dimensions, before.Version);
    }

    private bool Leave(int key)
    {
        var place = _places[key];
        if (place == RowPlace.None)
            return false;
        _died[place.Part] = _died.GetValueOrDefault(place.Part) + 1;
        _count--;
        return true;
    }

    private IndexSnapshot Complete(SegmentPart[] segments, TailPart[] tail, int dimensions, long version) => new(
        dimensions,
        _count,
        [.. segments.Select(part => part with { Dead = part.Dead + _died.GetValueOrDefault(part.Segment.Id) })],
        [.. tail.Select(part => part with { Dead = part.Dead + _died.GetValueOrDefault(part.Chunk.Id) })],
        _places.Complete(),
        version);
}
