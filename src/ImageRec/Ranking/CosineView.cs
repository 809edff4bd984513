using ImageRec.Indexing;

namespace ImageRec.Ranking;

/// <summary>Shows a snapshot of a <see cref="CosineRecommender"/>.</summary>
/// <param name="owner">The recommender.</param>
/// <param name="snapshot">Its rows at the moment.</param>
/// <param name="rows">
/// Where rows are read from that are not in memory, as of the same moment; null for the recommender's own source.
/// </param>
internal sealed class CosineView(CosineRecommender owner, IndexSnapshot snapshot, IDisposableRowSource? rows) : IRowView
{
    private IndexSnapshot _snapshot = snapshot;

    /// <summary>Shows the same moment, reading rows that are not in memory from another source.</summary>
    public CosineView With(IDisposableRowSource source) => new(owner, Latest(), source);

    public ValueTask<int> SearchAsync(
        ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter, float minScore, CancellationToken cancellationToken) =>
        ValueTask.FromResult(owner.Search(Latest(), unitQuery, best, filter, minScore, rows, cancellationToken));

    public ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken) =>
        ValueTask.FromResult(Latest().TryGetRow(key, row.Span, rows));

    /// <summary>Makes the moment the recommender's present again.</summary>
    public void GoBack() => owner.Index.GoBack(Latest());

    public void Dispose() => rows?.Dispose();

    /// <summary>Returns the moment's rows as merging has arranged them by now; what it replaced can be forgotten.</summary>
    private IndexSnapshot Latest()
    {
        var now = owner.Index.Snapshot;
        if (now.Version == _snapshot.Version && now.Count == _snapshot.Count)
            _snapshot = now;
        return _snapshot;
    }
}
