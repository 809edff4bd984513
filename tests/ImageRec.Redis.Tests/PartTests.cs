using ImageRec.Redis.Tests.Support;
using ImageRec.Tests.Engine;

namespace ImageRec.Redis.Tests;

/// <summary>Many workers index one list, each its part of it; what one did is never done again, whatever happens to it.</summary>
public sealed class PartTests(GarnetServer server) : SharedTest, IClassFixture<GarnetServer>
{
    private static readonly List<Product> s_products = Product.Cloud(200, Dimensions);

    [Fact]
    public async Task Build_WorkersWithAPartEach_MakeTheCatalogOfOneAndComputeEachItemOnce()
    {
        var catalog = Catalog(server.Address, "parts");
        var extractors = Enumerable.Range(1, 3).Select(_ => new VectorExtractor(Dimensions)).ToList();
        var reports = await Task.WhenAll(extractors.Select(async (extractor, i) =>
        {
            await using var engine = await Sampled(extractor).BuildAsync(
                CatalogOf(s_products), catalog, part: new(i + 1, 3), cancellationToken: Token);
            return engine.Report!;
        }));

        Assert.Equal(200, extractors.Sum(extractor => extractor.Computed.Count));
        Assert.Equal(200, reports.Sum(report => report.Computed));
        // What the worker that fitted has written of the others' parts, they find there.
        Assert.All(reports, report => Assert.InRange(report.Reused, 0, 20));
        await using var whole = await Sampled(new VectorExtractor(Dimensions)).OpenAsync<Product>(catalog, Token);
        await using var alone = await Builder().BuildAsync(CatalogOf(s_products), cancellationToken: Token);
        var picture = VectorExtractor.Picture(Point(1));
        Assert.Equal((await alone.RecommendAsync(picture, 200, Token)).Select(hit => (hit.Id, hit.Item.Price)),
            (await whole.RecommendAsync(picture, 200, Token)).Select(hit => (hit.Id, hit.Item.Price)));
    }

    [Fact]
    public async Task Build_WhileAnotherWritesWhatItHasFittedOn_WaitsForThatAndComputesNoneOfIt()
    {
        var (catalog, part) = (Catalog(server.Address, "writing"), new CatalogPart(2, 2));
        var (first, second) = (new VectorExtractor(Dimensions), new VectorExtractor(Dimensions));
        // All of them are fitted on, by the first; the second comes when the fit is published.
        var building = Builder(first).BuildAsync(CatalogOf(s_products), catalog, part: new(1, 2), cancellationToken: Token);
        await using (var index = await catalog.ConnectAsync(Token))
            while (!building.IsCompleted && await index.ReadManifestAsync(Token) is null)
                await Task.Delay(1, Token);
        await using var engine = await Builder(second).BuildAsync(CatalogOf(s_products), catalog, part: part, cancellationToken: Token);
        await (await building).DisposeAsync();
        Assert.Equal((200, 0), (first.Computed.Count, second.Computed.Count));
        Assert.Equal(200, engine.Report!.Items);
    }

    [Fact]
    public async Task Build_WorkerStoppedAndStartedAgain_ComputesOnlyWhatIsMissing()
    {
        var catalog = Catalog(server.Address, "stopped");
        var part = new CatalogPart(1, 2);
        var ours = s_products.Count(product => part.Contains(product.Sku));
        var extractor = new VectorExtractor(Dimensions)
        {
            BeforeBatch = computed =>
            {
                if (computed >= 60)
                    throw new InvalidOperationException("The power is gone.");
            },
        };
        await Assert.ThrowsAnyAsync<Exception>(() => Sampled(extractor).BuildAsync(
            CatalogOf(s_products), catalog, part: part, cancellationToken: Token));
        Assert.InRange(extractor.Computed.Count, 60, ours);

        var again = new VectorExtractor(Dimensions);
        await using var engine = await Sampled(again).BuildAsync(CatalogOf(s_products), catalog, part: part, cancellationToken: Token);

        // The batch that was computed and not yet written, at most.
        var missing = engine.Report!.Computed;
        Assert.Equal(missing, again.Computed.Count);
        Assert.InRange(missing, 1, ours - 60 + 3 * again.PreferredBatch + 20);
        var ids = await engine.GetAsync(s_products.Select(product => product.Sku), Token);
        Assert.All(s_products.Where(product => part.Contains(product.Sku)), product => Assert.Contains(product.Sku, ids.Keys));
    }

    [Fact]
    public async Task Build_ItemsThatVanished_AreRemovedOnlyOfTheOwnPart()
    {
        var catalog = Catalog(server.Address, "vanished");
        await (await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token)).DisposeAsync();
        var (part, left) = (new CatalogPart(2, 4), s_products.Take(50).ToList());
        var gone = s_products.Skip(50).Where(product => part.Contains(product.Sku)).Select(product => product.Sku).ToList();

        await using var engine = await Builder().BuildAsync(CatalogOf(left), catalog, part: part, cancellationToken: Token);

        Assert.Equal((200 - gone.Count, gone.Count), (engine.Report!.Items, engine.Report.Removed));
        Assert.Empty(await engine.GetAsync(gone, Token));
    }

    [Fact]
    public void Contains_EachId_IsInExactlyOnePartAndPartsAreAlike()
    {
        var parts = Enumerable.Range(1, 8).Select(number => new CatalogPart(number, 8)).ToList();
        var ids = Enumerable.Range(0, 4000).Select(i => $"item-{i}").ToList();
        Assert.All(ids, id => Assert.Single(parts, part => part.Contains(id)));
        Assert.All(parts, part => Assert.InRange(ids.Count(part.Contains), 400, 600));
        // What a worker started with this version is given, it is given by the next.
        Assert.Equal([5, 1, 6, 7], new[] { "a", "b", "photos/dress.jpg", "ä" }.Select(id => parts.First(part => part.Contains(id)).Number));
        Assert.Equal("2/8", parts[1].ToString());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(9, 8)]
    [InlineData(1, 0)]
    public void CatalogPart_NoSuchPart_IsAnError(int number, int of) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CatalogPart(number, of));

    private static RecommenderBuilder Sampled(VectorExtractor extractor) =>
        new RecommenderBuilder { FitSampleRows = 20 }.UseExtractor(extractor).WithoutReduction().WithoutClusters();
}
