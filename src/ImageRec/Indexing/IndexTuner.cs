namespace ImageRec.Indexing;

/// <summary>
/// Finds the least work that reaches the stated recall, by letting a sample of the segment's own rows search for their neighbors.
/// </summary>
internal sealed unsafe class IndexTuner
{
    private const int Queries = 512;
    private const int Wanted = 10;
    private const int Halvings = 7;
    private const float LeastFactor = 0.1f;
    private const float MostFactor = 1.3f;

    // Aims above the target by this share of what is missing to 1: a sample is not the catalog.
    private const double Margin = 0.2;

    // Approximate search that reads more than this share of what exact search reads is not worth its misses.
    private const double WorthIt = 0.7;

    private readonly Segment _segment;
    private readonly RowSet _rows;
    private readonly IndexSettings _settings;
    private readonly ParallelOptions _options;
    private readonly int[] _sample;
    private readonly Neighbor[][] _truth;
    private readonly int[] _found;
    private long _rowsRead;

    public IndexTuner(Segment segment, RowSet rows, IndexSettings settings, CancellationToken cancellationToken)
    {
        (_segment, _rows, _settings) = (segment, rows, settings);
        _options = new ParallelOptions { MaxDegreeOfParallelism = settings.Threads, CancellationToken = cancellationToken };
        _sample = new int[Math.Min(Queries, rows.Count)];
        for (var i = 0; i < _sample.Length; i++)
            _sample[i] = (int)((long)rows.Count * (2 * i + 1) / (2 * _sample.Length));
        _truth = new Neighbor[_sample.Length][];
        _found = new int[_sample.Length];
    }

    /// <summary>Tunes the segment.</summary>
    public Tuning Tune()
    {
        SearchAll(Tuning.Exact, (i, best) => _truth[i] = best.ToArray());
        var exactRows = _rowsRead;
        var (least, most) = (LeastFactor, MostFactor);
        var aim = _settings.Recall + Margin * (1 - _settings.Recall);
        var recall = Recall(most);
        if (recall < aim)
            return Tuning.Exact;
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (least + most) / 2;
            var reached = Recall(middle);
            if (reached >= aim)
                (most, recall) = (middle, reached);
            else
                least = middle;
        }
        recall = Recall(most);
        return _rowsRead > WorthIt * exactRows ? Tuning.Exact : new Tuning(most, recall);
    }

    private double Recall(float factor)
    {
        SearchAll(new Tuning(factor, 0), (i, best) =>
        {
            _found[i] = 0;
            foreach (var hit in best)
            {
                // By score, so that of equally near rows any may be found.
                if (hit.Score >= _truth[i][^1].Score)
                    _found[i]++;
            }
        });
        return _found.Sum() / (double)_truth.Sum(best => best.Length);
    }

    private delegate void Answered(int query, ReadOnlySpan<Neighbor> best);

    private void SearchAll(Tuning tuning, Answered answered)
    {
        _rowsRead = 0;
        Parallel.For(0, _sample.Length, _options, () => new QueryState(), (i, _, state) =>
        {
            Span<Neighbor> best = stackalloc Neighbor[Wanted];
            var row = _sample[i];
            state.Start(new ReadOnlySpan<float>(_rows[row], _rows.Dimensions), Wanted, null, -1, null, _rows.Keys[row]);
            SegmentSearch.Run(_segment, state, tuning, mayHaveDeleted: false, CancellationToken.None);
            answered(i, best[..state.Top.Drain(best)]);
            return state;
        }, state => Interlocked.Add(ref _rowsRead, state.Scratch.RowsRead));
        GC.KeepAlive(_rows);
    }
}
