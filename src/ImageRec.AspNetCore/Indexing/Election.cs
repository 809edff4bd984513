using ImageRec.Sharing.Stores;

namespace ImageRec.AspNetCore.Indexing;

/// <summary>
/// Makes one of the servers that share a catalog the one that indexes: it holds a lease in the store as long as it runs, and another takes
/// it when it has ended or died.
/// </summary>
internal sealed class Election(SharedCatalog shared) : IAsyncDisposable
{
    private const string Right = "index";
    private ISharedIndex? _index;
    private ISharedLease? _lease;

    /// <summary>Takes the lease, or sees that this server has it still.</summary>
    public async Task<bool> TryLeadAsync(CancellationToken cancellationToken)
    {
        var index = await IndexAsync(cancellationToken).ConfigureAwait(false);
        if (_lease is { } held)
        {
            if (await held.IsHeldAsync(cancellationToken).ConfigureAwait(false))
                return true;
            _lease = null;
            await held.DisposeAsync().ConfigureAwait(false);
        }
        _lease = await index.TryLeaseAsync(Right, cancellationToken).ConfigureAwait(false);
        return _lease is not null;
    }

    /// <summary>Returns whether the catalog was built, or at least begun.</summary>
    public async Task<bool> ExistsAsync(CancellationToken cancellationToken)
    {
        var index = await IndexAsync(cancellationToken).ConfigureAwait(false);
        return await index.ReadManifestAsync(cancellationToken).ConfigureAwait(false) is not null;
    }

    /// <summary>Reads the ids of all items.</summary>
    public async Task<HashSet<string>> IdsAsync(CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var index = await IndexAsync(cancellationToken).ConfigureAwait(false);
        if (await index.ReadManifestAsync(cancellationToken).ConfigureAwait(false) is not { } manifest)
            return ids;
        index.Use(manifest);
        await foreach (var page in index.ListAsync(cancellationToken).ConfigureAwait(false))
            ids.UnionWith(page);
        return ids;
    }

    public async ValueTask DisposeAsync()
    {
        if (_lease is not null)
            await _lease.DisposeAsync().ConfigureAwait(false);
        if (_index is not null)
            await _index.DisposeAsync().ConfigureAwait(false);
        (_lease, _index) = (null, null);
    }

    private async Task<ISharedIndex> IndexAsync(CancellationToken cancellationToken) =>
        _index ??= await shared.ConnectAsync(cancellationToken).ConfigureAwait(false);
}
