using ImageRec.Redis.Tests.Support;
using ImageRec.Tests.Engine;
using StackExchange.Redis;

namespace ImageRec.Redis.Tests;

/// <summary>A cluster of two primaries: each holds half of the shards, and one that is away is an error, never half an answer.</summary>
public sealed class ClusterTests : SharedTest
{
    [Fact]
    public async Task Recommend_TwoPrimaries_ShardsOnBothAndAnErrorWhileOneIsAway()
    {
        await using var low = await GarnetProcess.StartAsync("--cluster", "--gossip-delay", "1");
        await using var high = await GarnetProcess.StartAsync("--cluster", "--gossip-delay", "1");
        await JoinAsync(low, high);
        var products = Product.Cloud(60, Dimensions);
        var both = $"{low.Address},{high.Address}";
        await (await Builder().BuildAsync(CatalogOf(products), Catalog(both, "cluster"), cancellationToken: Token)).DisposeAsync();
        await using var alone = await Builder().BuildAsync(CatalogOf(products), cancellationToken: Token);
        await using var engine = await Builder().OpenAsync<Product>(
            Catalog(both, "cluster", o => o.Timeout = TimeSpan.FromSeconds(4)), Token);

        foreach (var server in new[] { low, high })
            Assert.Equal(2, await ShardsOnAsync(server));
        for (var i = 0; i < 5; i++)
        {
            var picture = VectorExtractor.Picture(Point(i));
            Assert.Equal((await alone.RecommendAsync(picture, 10, Token)).Select(hit => hit.Id),
                (await engine.RecommendAsync(picture, 10, Token)).Select(hit => hit.Id));
        }

        await high.KillAsync();
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => engine.RecommendByVectorAsync(Point(1), null, Token));
        Assert.InRange(error.Shard!.Value, 2, 3);
        Assert.Contains(high.Address, error.Message, StringComparison.Ordinal);
    }

    private static async Task<int> ShardsOnAsync(GarnetProcess server)
    {
        await using var connection = await ConnectAsync(server);
        var keys = connection.GetServer(server.Address).KeysAsync(pattern: "cluster:{*}:rows");
        return await keys.CountAsync(Token);
    }

    /// <summary>Makes a cluster of two servers, half of the slots each.</summary>
    private static async Task JoinAsync(params GarnetProcess[] servers)
    {
        for (var i = 0; i < servers.Length; i++)
        {
            await using var connection = await ConnectAsync(servers[i]);
            var server = connection.GetServer(servers[i].Address);
            await server.ExecuteAsync("CLUSTER", "SET-CONFIG-EPOCH", i + 1);
            await server.ExecuteAsync("CLUSTER", "ADDSLOTSRANGE", i * 16384 / servers.Length, (i + 1) * 16384 / servers.Length - 1);
            if (i > 0)
                await server.ExecuteAsync("CLUSTER", "MEET", "127.0.0.1", servers[0].Port);
        }
        foreach (var process in servers)
        {
            await using var connection = await ConnectAsync(process);
            var server = connection.GetServer(process.Address);
            for (var tries = 0; tries < 100; tries++)
            {
                var nodes = (string?)await server.ExecuteAsync("CLUSTER", "NODES") ?? "";
                if (nodes.Contains("0-8191", StringComparison.Ordinal) && nodes.Contains("8192-16383", StringComparison.Ordinal))
                    break;
                await Task.Delay(200, Token);
            }
        }
    }

    private static Task<ConnectionMultiplexer> ConnectAsync(GarnetProcess server) =>
        ConnectionMultiplexer.ConnectAsync($"{server.Address},allowAdmin=true,connectTimeout=20000,asyncTimeout=20000");
}
