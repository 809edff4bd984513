namespace ImageRec.Indexing;

/// <summary>Answers queries from a snapshot.</summary>
internal sealed class IndexReader(IndexSettings settings)
{
    private readonly StatePool _pool = new();

    /// <inheritdoc cref="Search(IndexSnapshot, ReadOnlySpan{float}, Span{Neighbor}, RowFilter?, float, IRowSource?, CancellationToken)" />
    public int Search(
        IndexSnapshot snapshot, ReadOnlySpan<float> query, Span<Neighbor> best, RowFilter? filter, float minScore,
        CancellationToken cancellationToken) =>
        Search(snapshot, query, best, filter, minScore, source: null, cancellationToken);

    /// <summary>Finds the best rows for one query.</summary>
    /// <param name="snapshot">What to search.</param>
    /// <param name="query">d values.</param>
    /// <param name="best">Receives the answers.</param>
    /// <param name="filter">Which rows may be answers; null for all.</param>
    /// <param name="minScore">Answers score at least this.</param>
    /// <param name="source">Where rows are read from that are not in memory; null for the one the index was made with.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>How many answers were written.</returns>
    public int Search(
        IndexSnapshot snapshot, ReadOnlySpan<float> query, Span<Neighbor> best, RowFilter? filter, float minScore, IRowSource? source,
        CancellationToken cancellationToken)
    {
        var count = Math.Min(best.Length, snapshot.Count);
        if (count == 0)
            return 0;
        var state = _pool.Rent();
        try
        {
            var found = Search(snapshot, query, state, best, count, filter, minScore, settings.IsExact, source, cancellationToken);
            // With a least score the walk may end early and short; only an exact one can tell that there is no more.
            if (found < count && minScore > -1 && !settings.IsExact)
                found = Search(snapshot, query, state, best, count, filter, minScore, exact: true, source, cancellationToken);
            return found;
        }
        finally
        {
            _pool.Return(state);
            GC.KeepAlive(snapshot);
        }
    }

    private static int Search(
        IndexSnapshot snapshot, ReadOnlySpan<float> query, QueryState state, Span<Neighbor> best, int count,
        RowFilter? filter, float minScore, bool exact, IRowSource? source, CancellationToken cancellationToken)
    {
        state.Start(query, count, filter, minScore, snapshot, source: source);
        foreach (var part in snapshot.Segments)
            SegmentSearch.Run(part.Segment, state, exact ? Tuning.Exact : part.Segment.Tuning, part.Deleted > 0, cancellationToken);
        foreach (var part in snapshot.Tail)
            part.Chunk.Search(state, part.Count, part.Deleted > 0);
        return state.Top.Drain(best);
    }
}
