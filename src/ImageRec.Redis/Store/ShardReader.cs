using ImageRec.Sharing.Stores;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>
/// Asks shards in the way its caller wants: changes read from primaries and fail where one is away; queries may read from replicas, and may
/// be answered without a shard that is away.
/// </summary>
/// <param name="store">The servers.</param>
/// <param name="flags">Which of them are asked.</param>
/// <param name="patience">How long a shard is waited for before it is left out.</param>
/// <param name="away">Is told which are left out; null where that is an error.</param>
internal sealed class ShardReader(StoreConnection store, CommandFlags flags, TimeSpan patience = default, AwayShards? away = null)
{
    /// <summary>Asks a shard for what a command returns.</summary>
    public Task<RedisResult?> AskAsync(int shard, RedisKey key, StoreCommand command, CancellationToken cancellationToken) => AskAsync(
        shard, key, command.Name, (database, by) => database.ExecuteAsync(command.Name, command.Arguments, by), cancellationToken);

    /// <summary>Asks a shard.</summary>
    /// <returns>Null where the shard was left out.</returns>
    public async Task<T?> AskAsync<T>(
        int shard, RedisKey key, string name, Func<IDatabase, CommandFlags, Task<T>> command, CancellationToken cancellationToken)
        where T : class
    {
        var asked = away?.Contains(shard) == true
            ? null
            : store.AskAsync(shard, key, name, database => command(database, flags), cancellationToken);
        if (away is null)
            return await asked!.ConfigureAwait(false);
        if (asked is null)
            return null;
        try
        {
            return await asked.WaitAsync(patience, cancellationToken).ConfigureAwait(false);
        }
        catch (SharedCatalogException e)
        {
            LeaveOut(shard, e);
        }
        catch (TimeoutException e)
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
