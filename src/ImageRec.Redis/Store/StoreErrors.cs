using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Writes the sentences that say what is wrong with a store.</summary>
internal static class StoreErrors
{
    private static readonly string[] s_passing = ["MOVED", "CLUSTERDOWN", "TRYAGAIN", "LOADING", "READONLY", "MASTERDOWN"];
    private static readonly string[] s_reading = ["VSIM", "VGETATTR", "VEMB", "VCARD", "ZRANGEBYLEX", "GET"];

    /// <summary>Returns whether it is an error of the client's, which <see cref="Explain"/> explains.</summary>
    public static bool IsOfStore(Exception e) => e is RedisException or RedisTimeoutException or RedisCommandException;

    /// <summary>
    /// Returns whether a command can be sent again: a server that is away or about to change its role has not done it, or doing it twice
    /// changes nothing.
    /// </summary>
    public static bool MayAskAgain(Exception e, string command) => e switch
    {
        // The client takes it for the replica that it was a moment ago, and has sent nothing.
        RedisCommandException => e.Message.StartsWith("Command cannot be issued to a replica", StringComparison.Ordinal),
        RedisServerException refused => s_passing.Any(word => refused.Message.StartsWith(word, StringComparison.Ordinal)),
        RedisConnectionException lost => lost.CommandStatus is CommandStatus.WaitingToBeSent or CommandStatus.WaitingInBacklog
            || s_reading.Contains(command),
        _ => false,
    };

    /// <param name="catalog">Name of the catalog.</param>
    /// <param name="shard">The shard's number; null for what belongs to all.</param>
    /// <param name="server">Where it is.</param>
    /// <param name="e">What the client has thrown.</param>
    public static SharedCatalogException Explain(string catalog, int? shard, string server, Exception e)
    {
        var part = shard is { } number ? FormattableString.Invariant($"Shard {number} of '{catalog}'") : $"'{catalog}'";
        var message = e is OperationCanceledException
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
