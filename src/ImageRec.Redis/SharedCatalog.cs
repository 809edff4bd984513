using ImageRec.Redis.Sharing;
using ImageRec.Redis.Store;
using StackExchange.Redis;

namespace ImageRec;

/// <summary>
/// Says where a shared catalog is: one that any number of processes answer from and change, and that none of them holds in its memory.
/// Nothing is connected before it is built or opened.
/// </summary>
/// <example>
/// <code>
/// var shared = SharedCatalog.Redis("host:6379", "shop");
/// await using var shop = await new RecommenderBuilder().OpenAsync&lt;Product&gt;(shared);
/// </code>
/// </example>
public sealed class SharedCatalog
{
    private readonly Func<CancellationToken, Task<ISharedIndex>> _connect;

    private SharedCatalog(string name, SharedLayout layout, Func<CancellationToken, Task<ISharedIndex>> connect) =>
        (Name, Layout, _connect) = (name, layout, connect);

    /// <summary>Gets the name of the catalog within its store.</summary>
    public string Name { get; }

    internal SharedLayout Layout { get; }

    /// <summary>Names a catalog in Garnet 2.2 or Redis 8, one server or a cluster.</summary>
    /// <param name="connection">
    /// Where the servers are, as StackExchange.Redis reads it, such as <c>host:6379</c> or <c>a:6379,b:6379,password=...,ssl=true</c>.
    /// </param>
    /// <param name="name">
    /// Name of the catalog, which every key begins with: letters, digits, '.', '-' and '_'. One store holds any number of catalogs.
    /// </param>
    /// <param name="configure">Changes the defaults.</param>
    /// <exception cref="ArgumentException">The connection or the name cannot be read, or an option is out of range.</exception>
    public static SharedCatalog Redis(string connection, string name, Action<SharedCatalogOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(connection);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (!name.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_'))
            throw new ArgumentException($"The name '{name}' has other characters than letters, digits, '.', '-' and '_'.", nameof(name));
        var options = new SharedCatalogOptions();
        configure?.Invoke(options);
        options.Validate();
        var servers = ConfigurationOptions.Parse(connection);
        if (servers.EndPoints.Count == 0)
            throw new ArgumentException($"The connection '{connection}' names no server; give one such as host:6379.", nameof(connection));
        servers.Protocol = RedisProtocol.Resp2;
        // INFO, which says what server it is, counts as a command for administrators.
        servers.AllowAdmin = true;
        servers.AbortOnConnectFail = true;
        servers.AsyncTimeout = servers.SyncTimeout = servers.ConnectTimeout = (int)options.Timeout.TotalMilliseconds;
        return new SharedCatalog(name, new SharedLayout(options.Shards, [.. options.Attributes]),
            async cancellationToken => new RedisIndex(
                await StoreConnection.ConnectAsync(servers.Clone(), name, cancellationToken).ConfigureAwait(false),
                options.ReadFromReplicas, options.PartialAfter));
    }

    /// <summary>Deletes the catalog; nothing happens where there is none.</summary>
    /// <param name="cancellationToken">Stops the deleting, which the next call goes on with.</param>
    /// <exception cref="SharedCatalogException">The store cannot be reached.</exception>
    public async Task DeleteAsync(CancellationToken cancellationToken = default)
    {
        var index = await ConnectAsync(cancellationToken).ConfigureAwait(false);
        await using var closing = index.ConfigureAwait(false);
        await index.DeleteAsync(cancellationToken).ConfigureAwait(false);
    }

    internal Task<ISharedIndex> ConnectAsync(CancellationToken cancellationToken) => _connect(cancellationToken);
}
