using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>
/// Knows which server of a cluster holds a key. The client knows it too, though it needs up to a minute to see that a replica has become a
/// primary; here it is asked for after any error.
/// </summary>
/// <param name="connection">The servers.</param>
internal sealed class ClusterTopology(ConnectionMultiplexer connection)
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(50);
    private readonly Lock _lock = new();
    private Task _looking = Task.CompletedTask;
    private int _isConfiguring;

    /// <summary>Gets whether the servers are a cluster.</summary>
    public bool IsCluster => connection.GetServers().Any(server => server.ServerType == ServerType.Cluster);

    /// <summary>Returns the server that takes changes of a key, or a replica of it; null where that is not known.</summary>
    /// <param name="key">The key.</param>
    /// <param name="preferReplica">Whether a replica is wanted, if one can be reached.</param>
    public IServer? ServerOf(RedisKey key, bool preferReplica)
    {
        if (OwnerOf(key) is not { EndPoint: { } owner } node)
            return null;
        if (preferReplica)
        {
            var replicas = node.Children.Select(replica => Find(replica.EndPoint)).OfType<IServer>().Where(server => server.IsConnected)
                .ToArray();
            if (replicas.Length > 0)
                return replicas[Random.Shared.Next(replicas.Length)];
        }
        return Find(owner);
    }

    /// <summary>Returns the node that takes changes of a key; null where that is not known.</summary>
    public ClusterNode? OwnerOf(RedisKey key)
    {
        var slot = connection.GetHashSlot(key);
        (int Trust, long Epoch) best = default;
        ClusterNode? owner = null;
        foreach (var server in connection.GetServers())
        {
            if (slot < 0 || server.ClusterConfiguration?.GetBySlot(slot) is not { } node)
                continue;
            // Of a server that is away we know what it said last, and others need a while to hear of a takeover: one that can be reached
            // and says it of itself is right, and of several the one with the newest epoch.
            var trust = !server.IsConnected ? 0 : server.EndPoint.Equals(node.EndPoint) ? 2 : 1;
            var epoch = EpochOf(node);
            if (owner is null || (trust, epoch).CompareTo(best) > 0)
                (owner, best) = (node, (trust, epoch));
        }
        return owner;
    }

    /// <summary>Asks those servers that can be reached who holds what.</summary>
    public Task LookAgainAsync()
    {
        // Whether a server is a replica the client learns by this alone; it waits for servers that are away.
        if (Interlocked.Exchange(ref _isConfiguring, 1) == 0)
            _ = ConfigureAsync();
        lock (_lock)
            return _looking.IsCompleted ? _looking = LookAsync() : _looking;
    }

    private async Task LookAsync()
    {
        await Task.WhenAll(connection.GetServers().Where(server => server.IsConnected && server.ServerType == ServerType.Cluster)
            .Select(server => QuietlyAsync(server.ClusterNodesAsync()))).ConfigureAwait(false);
        await Task.Delay(s_pause).ConfigureAwait(false);
    }

    private async Task ConfigureAsync()
    {
        await QuietlyAsync(connection.ConfigureAsync()).ConfigureAwait(false);
        Volatile.Write(ref _isConfiguring, 0);
    }

    private static async Task QuietlyAsync(Task work)
    {
        try
        {
            await work.ConfigureAwait(false);
        }
        catch (Exception e) when (StoreErrors.IsOfStore(e) || e is ObjectDisposedException)
        {
            // What was known last is what is known.
        }
    }

    private IServer? Find(EndPoint? endPoint)
    {
        var server = Array.Find(connection.GetServers(), server => server.EndPoint.Equals(endPoint));
        // The client still takes a server for a replica for seconds after it has become a primary, and would not send it a change. A
        // replica itself refuses changes.
        server?.AllowReplicaWrites = true;
        return server;
    }

    /// <summary>Returns the epoch of a node's entry: "id address flags primary ping pong epoch state slots".</summary>
    private static long EpochOf(ClusterNode node) => node.Raw.Split(' ') is { Length: > 6 } parts
        && long.TryParse(parts[6], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch) ? epoch : -1;
}
