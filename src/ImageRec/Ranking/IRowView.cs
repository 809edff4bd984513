using ImageRec.Indexing;

namespace ImageRec.Ranking;

/// <summary>
/// Shows the rows of a recommender as they are at one moment, whatever changes meanwhile. Disposed when the answer is complete.
/// </summary>
internal interface IRowView : IDisposable
{
    /// <inheritdoc cref="IRecommender.SearchAsync" />
    ValueTask<int> SearchAsync(
        ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter, float minScore, CancellationToken cancellationToken);

    /// <inheritdoc cref="IRecommender.TryGetRowAsync" />
    ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken);
}
