using System.Diagnostics;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Speaks to the servers of a store; errors say which catalog, shard and server they are of.</summary>
internal sealed class StoreConnection : IAsyncDisposable
{
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);
    private readonly ConnectionMultiplexer _connection;
    private int _isLooking;

    private StoreConnection(ConnectionMultiplexer connection, VectorSetDialect dialect, string catalog) =>
        (_connection, Database, Dialect, Catalog) = (connection, connection.GetDatabase(), dialect, catalog);

    /// <summary>Gets the name of the catalog.</summary>
    public string Catalog { get; }

    public VectorSetDialect Dialect { get; }

    public IDatabase Database { get; }

    /// <summary>Connects to the servers.</summary>
    /// <param name="options">Where they are.</param>
    /// <param name="name">Name of the catalog.</param>
    /// <param name="cancellationToken">Stops the connecting.</param>
    public static async Task<StoreConnection> ConnectAsync(ConfigurationOptions options, string name, CancellationToken cancellationToken)
    {
        var servers = string.Join(", ", options.EndPoints.Select(Shown));
        var connecting = ConnectionMultiplexer.ConnectAsync(options);
        try
        {
            var connection = await connecting.WaitAsync(cancellationToken).ConfigureAwait(false);
            var info = (string?)await connection.GetDatabase().ExecuteAsync("INFO", "server").WaitAsync(cancellationToken)
                .ConfigureAwait(false) ?? "";
            var dialect = VectorSetDialect.Of(info) ?? throw new SharedCatalogException(
                $"'{name}' cannot be opened: {servers} is {VectorSetDialect.Describe(info)}, which has no vector sets. Use Garnet 2.2 with "
                + "--enable-vector-set-preview, or Redis 8.");
            return new StoreConnection(connection, dialect, name);
        }
        catch (Exception e)
        {
            // Where the caller has cancelled, it may come later.
            _ = connecting.ContinueWith(
                late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            if (StoreErrors.IsOfStore(e))
                throw StoreErrors.Unreachable(name, servers, e);
            throw;
        }
    }

    /// <summary>Asks a server.</summary>
    /// <param name="shard">The number of the shard that it is about, which errors and metrics name; null for what belongs to none.</param>
    /// <param name="key">A key of the shard, by which the server is found that errors name.</param>
    /// <param name="name">Name of the command.</param>
    /// <param name="command">What to do.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<T> AskAsync<T>(
        int? shard, RedisKey key, string name, Func<IDatabase, Task<T>> command, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var reply = await command(Database).WaitAsync(cancellationToken).ConfigureAwait(false);
            ShardTelemetry.Asked(Catalog, shard, name, start, error: null);
            return reply;
        }
        catch (Exception e) when (StoreErrors.IsOfStore(e))
        {
            ShardTelemetry.Asked(Catalog, shard, name, start, e);
            LookAgain();
            throw Explain(shard, key, e);
        }
    }

    /// <summary>Asks for what belongs to no shard.</summary>
    public Task<T> CommonAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken) =>
        AskAsync(shard: null, default, "common", command, cancellationToken);

    /// <summary>Returns the error of a shard that has not answered.</summary>
    public SharedCatalogException Explain(int? shard, RedisKey key, Exception e) =>
        StoreErrors.Explain(Catalog, shard, ServerOf(key), e);

    /// <summary>Returns the error of a catalog that holds what no version has written.</summary>
    public SharedCatalogException Damaged(string what) =>
        new($"'{Catalog}' is damaged: {what}. Restore the store from a copy, or delete the catalog and build it again.");

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Returns the address of the server that holds a key, or of all where that is not known.</summary>
    public string ServerOf(RedisKey key) =>
        OwnerOf(key)?.EndPoint is { } owner ? Shown(owner) : string.Join(", ", _connection.GetEndPoints().Select(Shown));

    /// <summary>Returns the addresses of the replicas of the server that holds a key; none where that is not known.</summary>
    public IReadOnlyList<string> ReplicasOf(RedisKey key) =>
        [.. OwnerOf(key)?.Children.Select(replica => replica.EndPoint).OfType<EndPoint>().Select(Shown) ?? []];

    private ClusterNode? OwnerOf(RedisKey key)
    {
        var slot = key == default(RedisKey) ? -1 : _connection.GetHashSlot(key);
        if (slot < 0 || _connection.GetEndPoints().Length == 1)
            return null;
        // Servers need a while to hear of a takeover, and one that is away tells what it knew last.
        var servers = _connection.GetServers();
        return servers.Select(server => server.ClusterConfiguration?.GetBySlot(slot)).OfType<ClusterNode>()
            .OrderByDescending(owner => servers.Any(server => server.IsConnected && !server.IsReplica && server.EndPoint.Equals(owner.EndPoint)))
            .FirstOrDefault();
    }

    /// <summary>Asks the servers who holds what: after an error, a replica may have become a primary.</summary>
    private void LookAgain()
    {
        if (Interlocked.Exchange(ref _isLooking, 1) == 0)
            _ = LookAsync();
    }

    private async Task LookAsync()
    {
        try
        {
            await _connection.ConfigureAsync().ConfigureAwait(false);
            await Task.Delay(s_pause).ConfigureAwait(false);
        }
        catch (Exception e) when (StoreErrors.IsOfStore(e) || e is ObjectDisposedException)
        {
            // The next error looks again.
        }
        finally
        {
            Volatile.Write(ref _isLooking, 0);
        }
    }

    private static string Shown(EndPoint endPoint) => endPoint is DnsEndPoint dns
        ? string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}")
        : endPoint.ToString() ?? "";
}
