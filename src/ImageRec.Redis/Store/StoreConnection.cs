using System.Globalization;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Speaks to the servers of a store; errors say which catalog, shard and server they are of.</summary>
internal sealed class StoreConnection : IAsyncDisposable
{
    private readonly ConnectionMultiplexer _connection;

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

    /// <summary>Asks a shard.</summary>
    /// <param name="shard">Its number, which errors name.</param>
    /// <param name="rows">Its vector set, by which the server is found that errors name.</param>
    /// <param name="command">What to do.</param>
    /// <param name="cancellationToken">Stops the waiting.</param>
    public async Task<RedisResult> OnShardAsync(int shard, RedisKey rows, StoreCommand command, CancellationToken cancellationToken)
    {
        try
        {
            return await Database.ExecuteAsync(command.Name, command.Arguments).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StoreErrors.IsOfStore(e))
        {
            throw StoreErrors.Explain(Catalog, shard, ServerOf(rows), e);
        }
    }

    /// <summary>Asks for what belongs to no shard.</summary>
    public async Task<T> CommonAsync<T>(Func<IDatabase, Task<T>> command, CancellationToken cancellationToken)
    {
        try
        {
            return await command(Database).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (StoreErrors.IsOfStore(e))
        {
            throw StoreErrors.Explain(Catalog, shard: null, ServerOf(default), e);
        }
    }

    /// <summary>Returns the error of a catalog that holds what no version has written.</summary>
    public SharedCatalogException Damaged(string what) =>
        new($"'{Catalog}' is damaged: {what}. Restore the store from a copy, or delete the catalog and build it again.");

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    /// <summary>Returns the address of the server that holds a key, or of all where that is not known.</summary>
    private string ServerOf(RedisKey key)
    {
        var all = _connection.GetEndPoints();
        var slot = key == default(RedisKey) ? -1 : _connection.GetHashSlot(key);
        var owner = all.Length == 1 || slot < 0
            ? null
            : _connection.GetServers().Select(server => server.ClusterConfiguration).FirstOrDefault(cluster => cluster is not null)
                ?.GetBySlot(slot)?.EndPoint;
        return owner is not null ? Shown(owner) : string.Join(", ", all.Select(Shown));
    }

    private static string Shown(System.Net.EndPoint endPoint) => endPoint is System.Net.DnsEndPoint dns
        ? string.Create(CultureInfo.InvariantCulture, $"{dns.Host}:{dns.Port}")
        : endPoint.ToString() ?? "";
}
