using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>
/// Holds one query being answered: its row, its answers so far, and room to work in. Reused, so that a search allocates nothing.
/// </summary>
internal sealed unsafe class QueryState
{
    private NativeBuffer<float> _query = new(0);
    private int _stride;

    /// <summary>Answers so far.</summary>
    public TopK Top { get; } = new();

    /// <summary>Room for searching one segment.</summary>
    public SegmentScratch Scratch { get; } = new();

    /// <summary>The snapshot searched; null for a segment that is not published yet.</summary>
    public IndexSnapshot? Snapshot { get; private set; }

    public RowFilter? Filter { get; private set; }

    /// <summary>Where rows are read from that are not in memory; null for the one the index was made with.</summary>
    public IRowSource? Source { get; private set; }

    /// <summary>A key that is no answer, or -1: a row that searches for its own neighbors.</summary>
    public int Excluded { get; private set; }

    /// <summary>The query, padded with zeros to the stride.</summary>
    public float* Query => _query.Pointer;

    /// <summary>Length of the query, rounded up.</summary>
    public float Norm { get; private set; }

    /// <summary>The smallest score of interest.</summary>
    public float Threshold => Top.Threshold;

    /// <summary>Begins a query.</summary>
    public void Start(
        ReadOnlySpan<float> query, int count, RowFilter? filter, float minScore, IndexSnapshot? snapshot, int excluded = -1,
        IRowSource? source = null)
    {
        var stride = RowLayout.Stride(query.Length);
        if (_query.Length < stride)
            _query = new NativeBuffer<float>(stride);
        _stride = stride;
        query.CopyTo(_query.Slice(0, query.Length));
        _query.Slice(query.Length, stride - query.Length).Clear();
        Norm = MathF.Sqrt(DotKernel.Dot(Query, Query, stride)) * 1.00001f;
        // Every score is at least -1, so that is no condition; estimates may be lower, and must not drop rows that the whole ranking needs.
        Top.Start(count, minScore <= -1 ? float.NegativeInfinity : minScore);
        (Filter, Snapshot, Excluded, Source) = (filter, snapshot, excluded, source);
    }

    /// <summary>Drops references to what the caller owns.</summary>
    public void Finish() => (Filter, Snapshot, Source) = (null, null, null);

    /// <summary>Computes the score of a row: its product with the query, within -1 to 1.</summary>
    /// <param name="row">Stride values.</param>
    public float Score(float* row) => Math.Clamp(DotKernel.Dot(Query, row, _stride), -1f, 1f);

    /// <summary>Returns whether a row may be an answer.</summary>
    /// <param name="key">Its key.</param>
    /// <param name="location">Where it was found; a row that was replaced since lies elsewhere.</param>
    /// <param name="mayBeDeleted">Whether rows were replaced or removed there at all.</param>
    public bool Allows(int key, RowLocation location, bool mayBeDeleted) =>
        key != Excluded && (!mayBeDeleted || Snapshot!.Locations[key] == location) && (Filter == null || Filter(key));
}
