using ImageRec.Sharing.Stores;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>
/// Asks shards in the way its caller wants: changes read from primaries and fail where one is away; queries may read from replicas, and may
/// be answered without a shard that is away.
/// </summary>
/// <param name="store">The servers.</param>
/// <param name="preferReplicas">Whether replicas may answer.</param>
/// <param name="patience">How long a shard is waited for before it is left out.</param>
/// <param name="away">Is told which are left out; null where that is an error.</param>
internal sealed class ShardReader(StoreConnection store, bool preferReplicas, TimeSpan patience = default, AwayShards? away = null)
{
    /// <summary>Asks a shard.</summary>
    /// <returns>Null where the shard was left out.</returns>
    public async Task<RedisResult?> AskAsync(int shard, RedisKey key, StoreCommand command, CancellationToken cancellationToken)
    {
        if (away is null)
            return await store.AskAsync(shard, key, command, cancellationToken, preferReplicas).ConfigureAwait(false);
        if (away.Contains(shard))
            return null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stop.CancelAfter(patience);
        try
        {
            return await store.AskAsync(shard, key, command, stop.Token, preferReplicas).ConfigureAwait(false);
        }
        catch (SharedCatalogException e)
        {
            LeaveOut(shard, e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            LeaveOut(shard, store.Explain(shard, key, e));
        }
        return null;
    }

    private void LeaveOut(int shard, SharedCatalogException error)
    {
        away!.Add(shard, error);
        ShardTelemetry.LeftOut(store.Catalog, shard);
    }
}
