using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>Answers queries from a snapshot.</summary>
internal sealed class IndexReader(IndexSettings settings)
{
    /// <summary>Queries that share a pass: enough to make memory cheap, few enough that their states stay in the nearest cache.</summary>
    private const int QueriesAPass = 16;

    private readonly StatePool _pool = new();

    /// <inheritdoc cref="Search(IndexSnapshot, ReadOnlySpan{float}, Span{Neighbor}, RowFilter?, float, IRowSource?, CancellationToken)" />
    public int Search(IndexSnapshot snapshot, ReadOnlySpan<float> query, Span<Neighbor> best, RowFilter? filter, float minScore, CancellationToken cancellationToken) =>
        Search(snapshot, query, best, filter, minScore, source: null, cancellationToken);

    /// <summary>Finds the best rows for one query.</summary>
    /// <param name="snapshot">What to search.</param>
    /// <param name="query">d numbers.</param>
    /// <param name="best">Receives the answers.</param>
    /// <param name="filter">Which rows may be answers; null for all.</param>
    /// <param name="minScore">Answers score at least this.</param>
    /// <param name="source">Where rows are read from that are not in memory; null for the one the index was made with.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    /// <returns>How many answers were written.</returns>
    public int Search(
        IndexSnapshot snapshot, ReadOnlySpan<float> query, Span<Neighbor> best, RowFilter? filter, float minScore, IRowSource? source, CancellationToken cancellationToken)
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

    /// <summary>Finds the best rows for many queries, on all threads, each pass over the codes shared by several queries.</summary>
    /// <param name="snapshot">What to search.</param>
    /// <param name="queries">q x d.</param>
    /// <param name="count">Answers wanted for each.</param>
    /// <param name="best">q x count.</param>
    /// <param name="found">q numbers: how many answers each query has.</param>
    /// <param name="filter">Which rows may be answers; null for all.</param>
    /// <param name="minScore">Answers score at least this.</param>
    /// <param name="cancellationToken">Stops the search.</param>
    public void SearchBatch(
        IndexSnapshot snapshot, FeatureMatrix queries, int count, Memory<Neighbor> best, Memory<int> found,
        RowFilter? filter, float minScore, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = settings.Threads, CancellationToken = cancellationToken };
        if (!settings.IsExact)
        {
            Parallel.For(0, queries.Rows, options, i =>
                found.Span[i] = Search(snapshot, queries[i], best.Span.Slice(i * count, count), filter, minScore, source: null, cancellationToken));
            return;
        }
        Parallel.For(0, (queries.Rows + QueriesAPass - 1) / QueriesAPass, options, pass =>
        {
            var first = pass * QueriesAPass;
            SearchTogether(snapshot, queries, first, Math.Min(QueriesAPass, queries.Rows - first), count, best.Span, found.Span, filter, minScore);
        });
        GC.KeepAlive(snapshot);
    }

    private static int Search(
        IndexSnapshot snapshot, ReadOnlySpan<float> query, QueryState state, Span<Neighbor> best, int count,
        RowFilter? filter, float minScore, bool exact, IRowSource? source, CancellationToken cancellationToken)
    {
        state.Start(query, count, filter, minScore, snapshot, source: source);
        foreach (var part in snapshot.Segments)
            SegmentSearch.Run(part.Segment, state, exact ? Tuning.Exact : part.Segment.Tuning, part.Dead > 0, cancellationToken);
        foreach (var part in snapshot.Tail)
            part.Chunk.Search(state, part.Count, part.Dead > 0);
        return state.Top.Drain(best);
    }

    private void SearchTogether(
        IndexSnapshot snapshot, FeatureMatrix queries, int first, int queryCount, int count, Span<Neighbor> best, Span<int> found, RowFilter? filter, float minScore)
    {
        var wanted = Math.Min(count, snapshot.Count);
        if (wanted == 0)
        {
            found.Slice(first, queryCount).Clear();
            return;
        }
        var states = new QueryState[queryCount];
        var searches = new SegmentSearch[queryCount];
        try
        {
            for (var i = 0; i < queryCount; i++)
            {
                states[i] = _pool.Rent();
                states[i].Start(queries[first + i], wanted, filter, minScore, snapshot);
            }
            foreach (var part in snapshot.Segments)
            {
                for (var i = 0; i < queryCount; i++)
                    searches[i] = SegmentSearch.Begin(part.Segment, states[i], Tuning.Exact, part.Dead > 0);
                for (var cell = 0; cell < part.Segment.Cells.Count; cell++)
                {
                    foreach (var search in searches)
                        search.ReadUnlessExcluded(cell);
                }
            }
            for (var i = 0; i < queryCount; i++)
            {
                foreach (var part in snapshot.Tail)
                    part.Chunk.Search(states[i], part.Count, part.Dead > 0);
                found[first + i] = states[i].Top.Drain(best.Slice((first + i) * count, count));
            }
        }
        finally
        {
            foreach (var state in states)
            {
                if (state != null)
                    _pool.Return(state);
            }
        }
    }
}
