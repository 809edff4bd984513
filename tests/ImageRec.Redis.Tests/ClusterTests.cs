using ImageRec.Redis.Tests.Support;
using ImageRec.Tests.Engine;
using StackExchange.Redis;

namespace ImageRec.Redis.Tests;

/// <summary>A cluster of two primaries: each holds half of the shards. One that is away is an error, or an answer that says so.</summary>
public sealed class ClusterTests : SharedTest
{
    private static readonly List<Product> s_products = Product.Cloud(60, Dimensions);

    [Fact]
    public async Task Recommend_TwoPrimaries_ShardsOnBothAndAnErrorOrAPartWhileOneIsAway()
    {
        await using var cluster = await GarnetCluster.StartAsync(2, withReplicas: false, Token);
        var high = cluster.Primaries[1];
        await BuildAsync(cluster);
        await using var alone = await Builder().BuildAsync(CatalogOf(s_products), cancellationToken: Token);
        await using var whole = await OpenAsync(cluster);
        await using var partial = await OpenAsync(cluster, o => o.PartialAfter = TimeSpan.FromSeconds(1));

        foreach (var server in cluster.Primaries)
            Assert.Equal(2, await ShardsOnAsync(server));
        foreach (var engine in new[] { whole, partial })
            for (var i = 0; i < 5; i++)
            {
                var picture = VectorExtractor.Picture(Point(i));
                var answers = await engine.RecommendAsync(picture, 10, Token);
                Assert.Equal((await alone.RecommendAsync(picture, 10, Token)).Select(hit => hit.Id), answers.Select(hit => hit.Id));
                Assert.Empty(answers.MissingShards());
            }
        var shardOf = await ShardsAsync(whole);

        await high.KillAsync();
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => whole.RecommendByVectorAsync(Point(1), null, Token));
        Assert.InRange(error.Shard!.Value, 2, 3);
        Assert.Contains(high.Address, error.Message, StringComparison.Ordinal);
        var some = await partial.RecommendAsync(VectorExtractor.Picture(Point(1)), 100, Token);
        Assert.Equal([2, 3], some.MissingShards());
        Assert.NotEmpty(some);
        Assert.DoesNotContain(some, hit => shardOf[hit.Id] >= 2);
        // A question that needs the shard is no answer without it.
        var away = s_products.First(product => shardOf[product.Sku] >= 2).Sku;
        await Assert.ThrowsAsync<SharedCatalogException>(() => partial.RecommendLikeAsync([away], cancellationToken: Token));
        await Assert.ThrowsAsync<SharedCatalogException>(() => partial.GetAsync([away], Token));

        var health = await whole.CheckHealthAsync(Token);
        Assert.Equal([true, true, false, false], health.Select(shard => shard.IsAvailable));
        Assert.Equal(shardOf.Values.Count(shard => shard == 0), health[0].Items);
        Assert.Contains(high.Address, health[3].Problem, StringComparison.Ordinal);
        Assert.Null(health[3].Items);

        await cluster.Primaries[0].KillAsync();
        await Assert.ThrowsAsync<SharedCatalogException>(() => partial.RecommendByVectorAsync(Point(1), null, Token));
    }

    [Fact]
    public async Task Recommend_FromReplicas_GoesOnWithoutThePrimaryUntilTheReplicaTakesOver()
    {
        await using var cluster = await GarnetCluster.StartAsync(2, withReplicas: true, Token);
        var (low, replica) = (cluster.Primaries[0], cluster.Replicas[0]);
        await BuildAsync(cluster);
        foreach (var (primary, copy) in cluster.Primaries.Zip(cluster.Replicas))
            await GarnetCluster.CaughtUpAsync(primary, copy, Token);
        await using var strict = await OpenAsync(cluster);
        await using var relaxed = await OpenAsync(cluster, o => o.ReadFromReplicas = true);
        var wanted = (await strict.RecommendByVectorAsync(Point(1), new() { Count = 60 }, Token)).Select(hit => hit.Id).ToList();
        Assert.Equal(60, wanted.Count);
        Assert.Equal([replica.Address], (await strict.CheckHealthAsync(Token))[0].Replicas);

        await low.KillAsync();
        for (var i = 0; i < 3; i++)
            Assert.Equal(wanted, (await relaxed.RecommendByVectorAsync(Point(1), new() { Count = 60 }, Token)).Select(hit => hit.Id));
        await Assert.ThrowsAsync<SharedCatalogException>(() => strict.RecommendByVectorAsync(Point(1), null, Token));

        await GarnetCluster.TakeOverAsync(replica, Token);
        foreach (var engine in new[] { strict, relaxed })
        {
            await EventuallyAsync(() => engine.UpsertAsync(CatalogOf([s_products[0] with { Price = 1 }]), cancellationToken: Token));
            Assert.Equal(wanted, (await engine.RecommendByVectorAsync(Point(1), new() { Count = 60 }, Token)).Select(hit => hit.Id));
            Assert.Equal(replica.Address, (await engine.CheckHealthAsync(Token))[0].Server);
        }
    }

    /// <summary>Waits until the client has found the new primary.</summary>
    private static async Task EventuallyAsync(Func<Task> act)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await act();
                return;
            }
            catch (SharedCatalogException) when (tries < 20)
            {
                await Task.Delay(100, Token);
            }
        }
    }

    private static async Task BuildAsync(GarnetCluster cluster) => await (await Builder().BuildAsync(
        CatalogOf(s_products), Catalog(cluster.Connection, "cluster"), cancellationToken: Token)).DisposeAsync();

    private static Task<SharedRecommendationEngine<Product>> OpenAsync(
        GarnetCluster cluster, Action<SharedCatalogOptions>? configure = null) => Builder().OpenAsync<Product>(
            Catalog(cluster.Connection, "cluster", options =>
            {
                options.Timeout = TimeSpan.FromSeconds(4);
                configure?.Invoke(options);
            }), Token);

    private static async Task<Dictionary<string, int>> ShardsAsync(SharedRecommendationEngine<Product> engine)
    {
        var keys = new Store.CatalogKeys("cluster");
        keys.Place(engine.Shards);
        return (await engine.GetAsync(s_products.Select(product => product.Sku), Token)).Keys.ToDictionary(id => id, keys.ShardOf);
    }

    private static async Task<int> ShardsOnAsync(GarnetProcess server)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            $"{server.Address},allowAdmin=true,connectTimeout=20000,asyncTimeout=20000");
        return await connection.GetServer(server.Address).KeysAsync(pattern: "cluster:{*}:rows").CountAsync(Token);
    }
}
