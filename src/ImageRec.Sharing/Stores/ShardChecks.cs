using System.Diagnostics;

namespace ImageRec.Sharing.Stores;

/// <summary>Checks a store that knows nothing of its servers: by counting.</summary>
internal static class ShardChecks
{
    public static async Task<IReadOnlyList<ShardHealth>> ByCountAsync(ISharedIndex index, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var counts = await index.CountAsync(cancellationToken).ConfigureAwait(false);
            var latency = Stopwatch.GetElapsedTime(start);
            return [.. counts.Select((items, shard) =>
                new ShardHealth { Shard = shard, Server = index.Kind, Latency = latency, Items = items })];
        }
        catch (SharedCatalogException e)
        {
            return [new ShardHealth
            {
                Shard = e.Shard ?? 0, Server = index.Kind, Latency = Stopwatch.GetElapsedTime(start), Problem = e.Message,
            }];
        }
    }
}
