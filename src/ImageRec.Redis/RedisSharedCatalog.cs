using ImageRec.Redis.Store;
using ImageRec.Sharing.Stores;
using StackExchange.Redis;

namespace ImageRec;

/// <summary>Keeps shared catalogs in Garnet 2.2 or Redis 8.</summary>
public static class RedisSharedCatalog
{
    extension(SharedCatalog)
    {
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
            SharedCatalog.RequireName(name);
            var options = new SharedCatalogOptions();
            configure?.Invoke(options);
            options.Validate();
            if (connection.Contains("://", StringComparison.Ordinal))
                throw new ArgumentException(
                    "The connection is an address with '://'; give servers and settings such as host:6379,password=...,ssl=true.",
                    nameof(connection));
            var servers = ConfigurationOptions.Parse(connection);
            if (servers.EndPoints.Count == 0)
                throw new ArgumentException(
                    $"The connection '{connection}' names no server; give one such as host:6379.", nameof(connection));
            servers.Protocol = RedisProtocol.Resp2;
            // INFO, which says what server it is, counts as a command for administrators.
            servers.AllowAdmin = true;
            servers.AbortOnConnectFail = true;
            // A server that is away is to be known at once: a replica may have taken its place.
            servers.BacklogPolicy = BacklogPolicy.FailFast;
            servers.ConfigCheckSeconds = 1;
            servers.AsyncTimeout = servers.SyncTimeout = servers.ConnectTimeout = (int)options.Timeout.TotalMilliseconds;
            return new SharedCatalog(name, new SharedLayout(options.Shards, [.. options.Attributes]),
                async cancellationToken => new RedisIndex(
                    await StoreConnection.ConnectAsync(servers.Clone(), name, cancellationToken).ConfigureAwait(false),
                    options.ReadFromReplicas, options.PartialAfter));
        }
    }
}
