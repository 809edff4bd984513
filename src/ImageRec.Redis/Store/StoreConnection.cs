using System.Diagnostics;
using System.Globalization;
using System.Net;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Speaks to the servers of a store; errors say which catalog, shard and server they are of.</summary>
internal sealed class StoreConnection : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;
    private readonly IDatabase _database;
    private readonly ClusterTopology _topology;
    private readonly TimeSpan _timeout;

    private StoreConnection(ConnectionMultiplexer connection, VectorSetDialect dialect, string catalog, TimeSpan timeout)
    {
        (_connection, _database, Dialect, Catalog, _timeout) = (connection, connection.GetDatabase(), dialect, catalog, timeout);
        _topology = new ClusterTopology(connection);
    }

    /// <summary>Gets the name of the catalog.</summary>
    public string Catalog { get; }

    public VectorSetDialect Dialect { get; }

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
            var store = new StoreConnection(connection, dialect, name, TimeSpan.FromMilliseconds(options.AsyncTimeout));
            if (store._topology.IsCluster)
                await store.LookAgainAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            return store;
        }
        catch (Exception e)
        {
            // Where the caller has cancelled, it may come later.
            _ = connecting.ContinueWith(
                late =>
                {
                    if (late.IsCompletedSuccessfully)
                        late.Result.Dispose();
                    else
                        _ = late.Exception;
                },
                CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (StoreErrors.IsOfStore(e))
                throw StoreErrors.Unreachable(name, servers, e);
            throw;
        }
    }

    /// <summary>
    /// Asks the server that holds a key. While it is away, the question waits, and goes to whoever takes its place; what may have been done
    /// already is not asked for twice.
    /// </summary>
    /// <param name="shard">The number of the shard that it is about, which errors and metrics name; null for what belongs to none.</param>
    /// <param name="key">The key.</param>
    /// <param name="command">What to do.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    /// <param name="preferReplica">Whether a replica may answer.</param>
    public async Task<RedisResult> AskAsync(
        int? shard, RedisKey key, StoreCommand command, CancellationToken cancellationToken, bool preferReplica = false)
    {
        var start = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                var reply = await SendAsync(key, command, preferReplica).WaitAsync(cancellationToken).ConfigureAwait(false);
                ShardTelemetry.Asked(Catalog, shard, command.Name, start, error: null);
                return reply;
            }
            catch (Exception e) when (StoreErrors.IsOfStore(e))
            {
                if (!StoreErrors.MayAskAgain(e, command.Name) || Stopwatch.GetElapsedTime(start) >= _timeout)
                {
                    ShardTelemetry.Asked(Catalog, shard, command.Name, start, e);
                    _ = _topology.LookAgainAsync();
                    throw Explain(shard, key, e);
                }
            }
            await _topology.LookAgainAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Asks for what belongs to no shard.</summary>
    public Task<RedisResult> AskAsync(RedisKey key, StoreCommand command, CancellationToken cancellationToken) =>
        AskAsync(shard: null, key, command, cancellationToken);

    /// <summary>Returns the error of a shard that has not answered.</summary>
    public SharedCatalogException Explain(int? shard, RedisKey key, Exception e) =>
        StoreErrors.Explain(Catalog, shard, ServerOf(key), e);

    /// <summary>Returns the error of a catalog that holds what no version has written.</summary>
    public SharedCatalogException Damaged(string what) =>
        new($"'{Catalog}' is damaged: {what}. Restore the store from a copy, or delete the catalog and build it again.");

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Asks those servers that can be reached who holds what.</summary>
    public Task LookAgainAsync() => _topology.LookAgainAsync();

    /// <summary>Returns the address of the server that holds a key, or of all where that is not known.</summary>
    public string ServerOf(RedisKey key) =>
        _topology.OwnerOf(key)?.EndPoint is { } owner ? Shown(owner) : string.Join(", ", _connection.GetEndPoints().Select(Shown));

    /// <summary>Returns the addresses of the replicas of the server that holds a key; none where that is not known.</summary>
    public IReadOnlyList<string> ReplicasOf(RedisKey key) =>
        [.. _topology.OwnerOf(key)?.Children.Select(replica => replica.EndPoint).OfType<EndPoint>().Select(Shown) ?? []];

    private Task<RedisResult> SendAsync(RedisKey key, StoreCommand command, bool preferReplica) =>
        _topology.ServerOf(key, preferReplica) is { } server
            ? server.ExecuteAsync(command.Name, command.Arguments)
            : _database.ExecuteAsync(
                command.Name, command.Arguments, preferReplica ? CommandFlags.PreferReplica : CommandFlags.DemandMaster);

    private static string Shown(EndPoint endPoint) => endPoint is DnsEndPoint dns
        ? string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}")
        : endPoint.ToString() ?? "";
}
