using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Tests.Engine;

/// <summary>
/// A recommender of the caller's that can fail, before or after it has applied a change, and that keeps a state of which it reads nothing.
/// </summary>
internal sealed class FlakyRecommender : IPersistentRecommender
{
    private readonly CosineRecommender _inner = new();

    public bool FailsBefore { get; set; }

    public bool FailsAfter { get; set; }

    public bool FailsToSave { get; set; }

    public int Disposals { get; private set; }

    public string Name => "flaky";

    public int Count => _inner.Count;

    /// <summary>Rows that a reopened one takes over instead of reading them: as a server keeps them.</summary>
    public FlakyRecommender? Server { get; init; }

    public async ValueTask UpsertAsync(ReadOnlyMemory<int> keys, FeatureMatrix unitRows, CancellationToken cancellationToken = default)
    {
        await ApplyAsync(() => _inner.UpsertAsync(keys, unitRows, cancellationToken));
    }

    public async ValueTask RemoveAsync(ReadOnlyMemory<int> keys, CancellationToken cancellationToken = default) =>
        await ApplyAsync(() => _inner.RemoveAsync(keys, cancellationToken));

    public ValueTask<int> SearchAsync(
        ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter = null, float minScore = -1,
        CancellationToken cancellationToken = default) =>
        (Server?._inner ?? _inner).SearchAsync(unitQuery, best, filter, minScore, cancellationToken);

    public ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken = default) =>
        (Server?._inner ?? _inner).TryGetRowAsync(key, row, cancellationToken);

    public ValueTask SaveStateAsync(Stream destination, CancellationToken cancellationToken = default)
    {
        if (FailsToSave)
            throw new IOException("the remote index is away");
        destination.WriteByte(1);
        return default;
    }

    public ValueTask LoadStateAsync(Stream source, IRowSource rows, CancellationToken cancellationToken = default)
    {
        foreach (var _ in rows.ReadAll().Take(2))
            continue;
        return default;
    }

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return default;
    }

    private async ValueTask ApplyAsync(Func<ValueTask> change)
    {
        if (FailsBefore)
            throw new IOException("the remote index is away");
        await change();
        if (FailsAfter)
        {
            FailsAfter = false;
            throw new IOException("the remote index went away");
        }
    }
}
