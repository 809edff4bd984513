using ImageRec.Redis.Tests.Support;
using ImageRec.Sharing.Stores;
using ImageRec.Tests.Engine;
using StackExchange.Redis;

namespace ImageRec.Redis.Tests;

/// <summary>Promises that hold whatever the store's searches leave out, and whenever the caller cancels.</summary>
public sealed class OddStoreTests(GarnetServer server) : SharedTest, IClassFixture<GarnetServer>
{
    private static readonly List<Product> s_products = Product.Cloud(60, Dimensions);

    [Fact]
    public async Task Recommend_SearchThatMissesItems_IsNotShort()
    {
        await using var engine = await OpenAsync("misses", index => new OddIndex(index) { Misses = id => id.EndsWith('3') });
        var query = VectorExtractor.Picture(Point(5));

        var all = await engine.RecommendAsync(query, 1000, Token);
        var some = await engine.RecommendAsync(
            query, new RecommendOptions<Product> { Count = 50, Where = SharedFilter.Of<Product>(product => product.Price < 20) }, Token);

        Assert.Equal(s_products.Select(product => product.Sku).Order(), all.Select(hit => hit.Id).Order());
        Assert.Equal(Math.Min(50, s_products.Count(product => product.Price < 20)), some.Count);
        Assert.Equal(all.Select(hit => hit.Score).OrderDescending(), all.Select(hit => hit.Score));
    }

    [Fact]
    public async Task Recommend_LeastScoreAndASearchThatMissesItems_IsNotShort()
    {
        await using var engine = await OpenAsync("least", index => new OddIndex(index) { Misses = id => id.EndsWith('3') });
        var query = VectorExtractor.Picture(Point(5));
        var all = await engine.RecommendAsync(query, int.MaxValue, Token);
        var where = SharedFilter.Of<Product>(product => product.Price >= 0);

        for (var wanted = 1; wanted <= 20; wanted++)
        {
            foreach (var filter in new[] { null, where })
            {
                var least = (all[wanted - 1].Score + all[wanted].Score) / 2;
                var hits = await engine.RecommendAsync(query, new() { Count = 20, MinScore = least, Where = filter }, Token);
                Assert.Equal(all.Take(wanted).Select(hit => hit.Id), hits.Select(hit => hit.Id));
            }
        }
    }

    [Fact]
    public async Task Delete_Interrupted_GoesOnAndLetsNobodyBuildMeanwhile()
    {
        var catalog = Catalog(server.Address, "half-gone");
        await (await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token)).DisposeAsync();
        await using (var connection = await ConnectionMultiplexer.ConnectAsync(server.Address))
            await connection.GetDatabase().KeyRenameAsync("half-gone:catalog", "half-gone:deleting");

        var error = await Assert.ThrowsAsync<SharedCatalogException>(
            () => Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token));
        await catalog.DeleteAsync(Token);
        await using var built = await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token);

        Assert.Contains("is being deleted", error.Message, StringComparison.Ordinal);
        Assert.Equal((60, 60, 0), (built.Report!.Items, built.Report.Computed, built.Report.Reused));
    }

    [Fact]
    public async Task Upsert_CancelledOnceItIsWritten_IsDone()
    {
        using var stop = new CancellationTokenSource();
        await using var engine = await OpenAsync("cancelled", index => new OddIndex(index) { Written = stop.Cancel });

        var report = await engine.UpsertAsync(CatalogOf([new("new", "type-9", 5, Point(1))]), cancellationToken: stop.Token);

        Assert.True(stop.IsCancellationRequested);
        Assert.Equal((61, 1), (report.Items, report.Computed));
    }

    private async Task<SharedRecommendationEngine<Product>> OpenAsync(
        string name, Func<ISharedIndex, ISharedIndex> turned)
    {
        var catalog = Catalog(server.Address, name, o => o.Attributes.Add("Price"));
        await (await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token)).DisposeAsync();
        var index = turned(await catalog.ConnectAsync(Token));
        return await SharedBuilderExtensions.LoadAsync<Product>(index, (await index.ReadManifestAsync(Token))!, Builder(), Token);
    }
}
