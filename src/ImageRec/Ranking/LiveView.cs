using ImageRec.Indexing;

namespace ImageRec.Ranking;

/// <summary>
/// Shows the rows of a recommender of the caller's, which has no snapshots: its changes wait until the answers that began before have
/// ended.
/// </summary>
/// <param name="recommender">The recommender.</param>
/// <param name="turn">Held until disposed.</param>
internal sealed class LiveView(IRecommender recommender, IDisposable turn) : IRowView
{
    public ValueTask<int> SearchAsync(
        ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter, float minScore, CancellationToken cancellationToken) =>
        recommender.SearchAsync(unitQuery, best, filter, minScore, cancellationToken);

    public ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken) =>
        recommender.TryGetRowAsync(key, row, cancellationToken);

    public void Dispose() => turn.Dispose();
}
