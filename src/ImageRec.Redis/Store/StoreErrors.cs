using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Writes the sentences that say what is wrong with a store.</summary>
internal static class StoreErrors
{
    /// <summary>Returns whether it is an error of the client's, which <see cref="Explain"/> explains.</summary>
    public static bool IsOfStore(Exception e) => e is RedisException or RedisTimeoutException or RedisCommandException;

    /// <param name="catalog">Name of the catalog.</param>
    /// <param name="shard">The shard's number; null for what belongs to all.</param>
    /// <param name="server">Where it is.</param>
    /// <param name="e">What the client has thrown.</param>
    public static SharedCatalogException Explain(string catalog, int? shard, string server, Exception e)
    {
        var part = shard is { } number ? FormattableString.Invariant($"Shard {number} of '{catalog}'") : $"'{catalog}'";
        var message = e is TimeoutException and not RedisTimeoutException
            ? $"{part} at {server} did not answer in time."
            : e is RedisServerException
            ? $"{part} at {server} refused a command: {e.Message}"
            : $"{part} at {server} does not answer ({Short(e)}). See that the server runs and can be reached, then try again; the "
                + "connection is made again by itself.";
        return new SharedCatalogException(message, e) { Shard = shard };
    }

    public static SharedCatalogException Unreachable(string catalog, string servers, Exception e) => new(
        $"'{catalog}' cannot be opened: none of the servers {servers} can be reached ({Short(e)}). Start Garnet or Redis 8 there, or give "
        + "the address where it runs.", e);

    /// <summary>Returns the first part of a message, which the client follows with its whole state.</summary>
    private static string Short(Exception e)
    {
        var end = e.Message.IndexOfAny([',', '\n', ';', '(']);
        return (end < 0 ? e.Message : e.Message[..end]).TrimEnd('.', ' ');
    }
}
