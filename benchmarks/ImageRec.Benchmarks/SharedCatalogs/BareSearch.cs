using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using StackExchange.Redis;

namespace ImageRec.Benchmarks.SharedCatalogs;

/// <summary>The store's own search without the library: VSIM on all shards at once, answers not even read.</summary>
internal sealed partial class BareSearch : IAsyncDisposable
{
    private const int Count = 12;
    private readonly ConnectionMultiplexer _connection;
    private readonly RedisKey[] _keys;
    private readonly int _effort;

    private BareSearch(ConnectionMultiplexer connection, RedisKey[] keys, int effort) =>
        (_connection, _keys, _effort) = (connection, keys, effort);

    /// <param name="address">The server.</param>
    /// <param name="catalog">Name of the catalog.</param>
    /// <param name="description">What its engine says of itself, the effort among it.</param>
    public static async Task<BareSearch> OpenAsync(string address, string catalog, string description)
    {
        var connection = await ConnectionMultiplexer.ConnectAsync($"{address},allowAdmin=true,protocol=resp2,asyncTimeout=60000");
        var keys = await connection.GetServer(address).KeysAsync(pattern: $"{catalog}:*").ToListAsync();
        return new BareSearch(
            connection, [.. keys.Where(key => key.ToString().EndsWith(":rows", StringComparison.Ordinal))],
            int.Parse(Effort().Match(description).Groups[1].Value, CultureInfo.InvariantCulture));
    }

    public Task RunAsync(ReadOnlyMemory<float> query)
    {
        var bytes = MemoryMarshal.AsBytes(query.Span).ToArray();
        var database = _connection.GetDatabase();
        return Task.WhenAll(_keys.Select(key => database.ExecuteAsync(
            "VSIM", key, "FP32", bytes, "COUNT", Count, "EF", Math.Max(_effort, Count), "WITHSCORES", "WITHATTRIBS")));
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    [GeneratedRegex(@"effort (\d+)")]
    private static partial Regex Effort();
}
