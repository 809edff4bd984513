using ImageRec.Sharing.Stores;

namespace ImageRec.Redis.Tests.Support;

/// <summary>A store whose searches miss items that are there, as graphs do, and that says when it has written.</summary>
internal sealed class OddIndex(ISharedIndex inner) : ISharedIndex
{
    /// <summary>Ids that no search finds.</summary>
    public Func<string, bool> Misses { get; init; } = _ => false;

    /// <summary>Gets what a search returns instead of a record.</summary>
    public Func<SharedRecord, SharedRecord> Found { get; init; } = record => record;

    public Action Written { get; init; } = () => { };

    /// <summary>Called before each search, which waits for it.</summary>
    public Func<Task> Searching { get; init; } = () => Task.CompletedTask;

    public string Name => inner.Name;

    public string Kind => inner.Kind;

    public async Task<ShardAnswer?[]> SearchAsync(
        ReadOnlyMemory<float> unitQuery, IReadOnlyList<int> depths, int effort, AttributeFilter? filter,
        CancellationToken cancellationToken)
    {
        await Searching();
        return [.. (await inner.SearchAsync(unitQuery, depths, effort, filter, cancellationToken))
            .Select(answer => answer is null ? null : new ShardAnswer([
                .. answer.Hits.Where(hit => !Misses(hit.Record.Id)).Select(hit => (Found(hit.Record), hit.Score))]))];
    }

    public async Task PutAsync(
        IReadOnlyList<SharedRecord> records, IReadOnlyList<SharedRecord> replaced, CancellationToken cancellationToken)
    {
        await inner.PutAsync(records, replaced, cancellationToken);
        Written();
    }

    public Task<CatalogManifest?> ReadManifestAsync(CancellationToken cancellationToken) => inner.ReadManifestAsync(cancellationToken);

    public void Use(CatalogManifest manifest) => inner.Use(manifest);

    public Task<bool> PublishAsync(
        CatalogManifest manifest, IReadOnlyDictionary<string, byte[]> blobs, CancellationToken cancellationToken) =>
        inner.PublishAsync(manifest, blobs, cancellationToken);

    public Task<byte[]> ReadBlobAsync(CatalogManifest manifest, string name, CancellationToken cancellationToken) =>
        inner.ReadBlobAsync(manifest, name, cancellationToken);

    public Task<SearchTuning?> ReadTuningAsync(CancellationToken cancellationToken) => inner.ReadTuningAsync(cancellationToken);

    public Task WriteTuningAsync(SearchTuning tuning, CancellationToken cancellationToken) =>
        inner.WriteTuningAsync(tuning, cancellationToken);

    public Task<ISharedLease?> TryLeaseAsync(string right, CancellationToken cancellationToken) =>
        inner.TryLeaseAsync(right, cancellationToken);

    public Task<SharedRecord?[]> GetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        inner.GetAsync(ids, cancellationToken);

    public Task<float[]?[]> GetRowsAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        inner.GetRowsAsync(ids, cancellationToken);

    public Task<int> RemoveAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        inner.RemoveAsync(ids, cancellationToken);

    public Task<long[]> CountAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return inner.CountAsync(cancellationToken);
    }

    public Task<IReadOnlyList<string>> FindPictureAsync(UInt128 picture, CancellationToken cancellationToken) =>
        inner.FindPictureAsync(picture, cancellationToken);

    public IAsyncEnumerable<IReadOnlyList<string>> ListAsync(CancellationToken cancellationToken) => inner.ListAsync(cancellationToken);

    public Task DeleteAsync(CancellationToken cancellationToken) => inner.DeleteAsync(cancellationToken);

    public ValueTask DisposeAsync() => inner.DisposeAsync();
}
