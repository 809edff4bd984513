using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Joins stored segments with the rows kept elsewhere: rows that still hash the same go to their places, others are added anew.</summary>
internal sealed class IndexLoader(VectorIndex index, IndexSettings settings, IRowSource rows)
{
    private const int BatchRows = 4096;

    public void Load(Stream source, CancellationToken cancellationToken)
    {
        if (index.Snapshot.Count > 0)
            throw new InvalidOperationException($"The recommender holds {index.Snapshot.Count} rows already; state can be loaded into an empty one only.");
        var segments = IndexFormat.Read(source, settings.Source, cancellationToken);
        var stored = PlacesOf(segments);
        var held = PagedArray<RowPlace>.Empty.Begin();
        var live = new int[segments.Count + 1];
        var count = 0;
        var changed = new List<(int Key, float[] Row)>();
        foreach (var (key, row) in rows.ReadAll())
        {
            if (count % BatchRows == 0)
                cancellationToken.ThrowIfCancellationRequested();
            count++;
            var place = stored[key];
            var segment = place == RowPlace.None ? null : segments[place.Part - 1];
            if (segment == null || row.Length != segment.Dimensions || RowHash.Of(row.Span) != segment.Hashes[place.Row])
            {
                changed.Add((key, row.ToArray()));
                continue;
            }
            if (segment.Rows != null)
                row.Span.CopyTo(segment.Rows.Slice((long)place.Row * segment.Stride, segment.Dimensions));
            held[key] = place;
            live[place.Part]++;
        }
        if (count > changed.Count)
            index.Restore([.. segments.Select(segment => new SegmentPart(segment, segment.Count - live[segment.Id]))], held.Complete(), count - changed.Count);
        Add(changed);
    }

    private static PagedArray<RowPlace> PlacesOf(List<Segment> segments)
    {
        var places = PagedArray<RowPlace>.Empty.Begin();
        foreach (var segment in segments)
        {
            for (var row = 0; row < segment.Count; row++)
            {
                if (segment.Keys[row] >= 0)
                    places[segment.Keys[row]] = new RowPlace(segment.Id, row);
                else
                    segment.Keys[row] = 0; // dead: never the place of any key
            }
        }
        return places.Complete();
    }

    private void Add(List<(int Key, float[] Row)> changed)
    {
        foreach (var batch in changed.Chunk(BatchRows))
        {
            var added = FeatureMatrix.Wrap([.. batch.SelectMany(row => row.Row)], batch[0].Row.Length);
            index.Upsert([.. batch.Select(row => row.Key)], added);
        }
    }
}
