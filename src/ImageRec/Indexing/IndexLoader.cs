using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>
/// Joins stored segments with the rows kept elsewhere: rows that still hash the same go to their locations, others are added anew.
/// </summary>
internal sealed class IndexLoader(VectorIndex index, IndexSettings settings, IRowSource rows)
{
    private const int BatchRows = 4096;

    /// <summary>Fills an empty index.</summary>
    /// <exception cref="InvalidDataException">The state is damaged, or of another kind or version; nothing was loaded.</exception>
    /// <exception cref="InvalidOperationException">The index holds rows.</exception>
    public void Load(Stream source, CancellationToken cancellationToken)
    {
        if (index.Snapshot.Count > 0)
        {
            throw new InvalidOperationException(
                $"The recommender holds {index.Snapshot.Count} rows already; state can be loaded into an empty one only.");
        }
        var segments = IndexFormat.Read(source, settings.Source, cancellationToken);
        var stored = LocationsOf(segments);
        var held = PagedArray<RowLocation>.Empty.Begin();
        var live = new int[segments.Count + 1];
        var count = 0;
        var changed = new List<(int Key, float[] Row)>();
        foreach (var (key, row) in rows.ReadAll())
        {
            if (count % BatchRows == 0)
                cancellationToken.ThrowIfCancellationRequested();
            count++;
            var location = stored[key];
            var segment = location == RowLocation.None ? null : segments[location.Part - 1];
            if (segment == null || row.Length != segment.Dimensions || RowHash.Of(row.Span) != segment.Hashes[location.Row])
            {
                changed.Add((key, row.ToArray()));
                continue;
            }
            if (segment.Rows != null)
                row.Span.CopyTo(segment.Rows.Slice((long)location.Row * segment.Stride, segment.Dimensions));
            held[key] = location;
            live[location.Part]++;
        }
        if (count > changed.Count)
        {
            var parts = segments.Select(segment => new SegmentPart(segment, segment.Count - live[segment.Id]));
            index.Restore([.. parts], held.Complete(), count - changed.Count);
        }
        Add(changed);
    }

    private static PagedArray<RowLocation> LocationsOf(List<Segment> segments)
    {
        var locations = PagedArray<RowLocation>.Empty.Begin();
        foreach (var segment in segments)
        {
            for (var row = 0; row < segment.Count; row++)
            {
                if (segment.Keys[row] >= 0)
                    locations[segment.Keys[row]] = new RowLocation(segment.Id, row);
                else
                    segment.Keys[row] = 0; // Deleted: never the location of any key.
            }
        }
        return locations.Complete();
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
