using ImageRec.Redis.Tests.Support;
using ImageRec.Tests.Engine;

namespace ImageRec.Redis.Tests;

/// <summary>A server that is there and says nothing: a cut cable, a machine that hangs. No connection ever breaks.</summary>
public sealed class CutTests : SharedTest
{
    private static readonly List<Product> s_products = Product.Cloud(40, Dimensions);

    [Fact]
    public async Task Recommend_CableCutAndMended_ErrorAfterTheTimeoutThenAnswers()
    {
        await using var server = await GarnetProcess.StartAsync();
        await using var cable = new CutCable(server.Port);
        await (await Builder().BuildAsync(CatalogOf(s_products), Catalog(server.Address, "cut"), cancellationToken: Token)).DisposeAsync();
        await using var engine = await Builder().OpenAsync<Product>(
            Catalog(cable.Address, "cut", options => options.Timeout = TimeSpan.FromSeconds(3)), Token);
        var wanted = (await engine.RecommendByVectorAsync(Point(1), null, Token)).Select(hit => hit.Id).ToList();

        cable.IsCut = true;
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => engine.RecommendByVectorAsync(Point(1), null, Token));
        Assert.NotNull(error.Shard);
        Assert.Contains(cable.Address, error.Message, StringComparison.Ordinal);

        cable.IsCut = false;
        Assert.Equal(wanted, (await EventuallyAsync(() => engine.RecommendByVectorAsync(Point(1), null, Token))).Select(hit => hit.Id));
    }

    [Fact]
    public async Task Recommend_OneOfTwoServersFrozen_PartWhereAskedForAndAllOnceItGoesOn()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Processes are frozen by a signal, which Windows lacks.");
        await using var cluster = await GarnetCluster.StartAsync(2, withReplicas: false, Token);
        await (await Builder().BuildAsync(CatalogOf(s_products), Catalog(cluster.Connection, "frozen"), cancellationToken: Token))
            .DisposeAsync();
        await using var whole = await Builder().OpenAsync<Product>(
            Catalog(cluster.Connection, "frozen", options => options.Timeout = TimeSpan.FromSeconds(4)), Token);
        await using var partial = await Builder().OpenAsync<Product>(
            Catalog(cluster.Connection, "frozen", options => options.PartialAfter = TimeSpan.FromSeconds(2)), Token);
        var query = new RecommendOptions<Product> { Count = 40 };

        await cluster.Primaries[1].SignalAsync("STOP");
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => whole.RecommendByVectorAsync(Point(1), query, Token));
        Assert.InRange(error.Shard!.Value, 2, 3);
        var some = await partial.RecommendByVectorAsync(Point(1), query, Token);
        Assert.Equal([2, 3], some.MissingShards());
        Assert.InRange(some.Count, 1, 39);

        await cluster.Primaries[1].SignalAsync("CONT");
        foreach (var engine in new[] { whole, partial })
            Assert.Equal(40, (await EventuallyAsync(async () =>
            {
                var answers = await engine.RecommendByVectorAsync(Point(1), query, Token);
                return answers.MissingShards().Count == 0 ? answers : throw new SharedCatalogException("Still partial.");
            })).Count);
    }

    private static async Task<T> EventuallyAsync<T>(Func<Task<T>> act)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return await act();
            }
            catch (SharedCatalogException) when (tries < 20)
            {
                await Task.Delay(200, Token);
            }
        }
    }
}
