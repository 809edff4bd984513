namespace ImageRec.Tests.Engine;

public class ChangeTests : EngineTest
{
    [Fact]
    public async Task UpsertAsync_NewAndChangedItems_AreFoundNowAndAfterReopening()
    {
        var products = Product.Cloud(50);
        var extractor = new VectorExtractor();
        await using (var engine = await BuildAsync(products, FilePath, extractor))
        {
            var before = extractor.Computed.Count;
            var report = await engine.UpsertAsync(
                Catalog([new("new", "z", 1, [5, 0, 0.1f]), products[2] with { Vector = [0, 5, 0.1f] }, products[3] with { Price = 777 }]),
                cancellationToken: Token);
            Assert.Equal((51, 2, 1), (report.Items, report.Computed, report.Reused));
            Assert.Equal(before + 2, extractor.Computed.Count);
            await CheckAsync(engine);
        }
        await using var reopened = await Builder().OpenAsync<Product>(FilePath, Token);
        await CheckAsync(reopened);

        static async Task CheckAsync(RecommendationEngine<Product> engine)
        {
            Assert.Equal("new", (await engine.RecommendAsync(VectorExtractor.Picture(50, 0, 1), count: 1, Token))[0].Id);
            Assert.Equal("sku-2", (await engine.RecommendAsync(VectorExtractor.Picture(0, 50, 1), count: 1, Token))[0].Id);
            Assert.True(engine.TryGet("sku-3", out var repriced) && repriced.Price == 777);
            Assert.Equal(51, (await engine.GetClustersAsync(Token)).Sum(c => c.Size));
        }
    }

    [Fact]
    public async Task UpsertAsync_FailureInTheMiddle_LeavesNothingBehind()
    {
        var products = Product.Cloud(20);
        var extractor = new VectorExtractor();
        await using (var engine = await BuildAsync(products, FilePath, extractor))
        {
            extractor.BeforeBatch = computed => _ = computed > 200 ? throw new IOException("the network is away") : 0;
            var batch = Product.Cloud(300, seed: 99).Select(p => p with { Sku = "new-" + p.Sku });
            await Assert.ThrowsAsync<IOException>(() => engine.UpsertAsync(Catalog(batch), cancellationToken: Token));
            Assert.Equal(20, engine.Count);
        }
        await using var reopened = await Builder().OpenAsync<Product>(FilePath, Token);
        Assert.Equal(20, reopened.Count);
    }

    [Fact]
    public async Task UpsertAsync_UnreadablePicture_KeepsTheItemAsItWas()
    {
        var products = Product.Cloud(20);
        await using var engine = await BuildAsync(products);
        var report = await engine.UpsertAsync(Catalog([products[4] with { Vector = [1] }]), cancellationToken: Token);
        Assert.Equal("sku-4", Assert.Single(report.Unreadable).Id);
        Assert.True(engine.TryGet("sku-4", out var kept));
        Assert.Same(products[4], kept);
    }

    [Fact]
    public async Task RemoveAsync_Items_AreGoneNowAndAfterReopening()
    {
        var products = Product.Cloud(30);
        await using (var engine = await BuildAsync(products, FilePath))
        {
            Assert.Equal(2, await engine.RemoveAsync(["sku-1", "sku-2", "sku-2", "unknown"], Token));
            Assert.False(await engine.RemoveAsync("sku-1", Token));
            Assert.Equal(28, (await engine.RecommendAsync(products[1].Picture, count: 99, Token)).Count);
        }
        await using var reopened = await Builder().OpenAsync<Product>(FilePath, Token);
        Assert.Equal(28, reopened.Count);
        Assert.DoesNotContain("sku-1", (await reopened.RecommendAsync(products[1].Picture, count: 99, Token)).Select(h => h.Id));
    }

    [Fact]
    public async Task RemoveAsync_OneOfTwoItemsWithTheSamePicture_LeavesTheOtherRecognized()
    {
        var products = Product.Cloud(10);
        products.Add(products[0] with { Sku = "twin" });
        await using var engine = await BuildAsync(products);
        await engine.RemoveAsync("sku-0", Token);
        var hit = (await engine.RecommendAsync(products[0].Picture, count: 1, Token))[0];
        Assert.True(hit.IsSamePicture && hit.Id == "twin");
    }

    [Fact]
    public async Task RecommendAsync_WhileChangesRun_AlwaysGivesWholeAnswers()
    {
        var products = Product.Cloud(100);
        await using var engine = await BuildAsync(products, FilePath);
        using var done = new CancellationTokenSource();
        using var reading = new SemaphoreSlim(0);
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var answers = 0;
            while (!done.IsCancellationRequested)
            {
                var hits = await engine.RecommendAsync(
                    VectorExtractor.Picture(1, 1, 1), new() { Count = 50, Where = p => p.Price < 100 }, CancellationToken.None);
                Assert.Equal(50, hits.Count);
                Assert.Equal(hits.OrderByDescending(h => h.Score).Select(h => h.Id), hits.Select(h => h.Id));
                if (answers++ == 0)
                    reading.Release();
            }
            return answers;
        })).ToArray();
        // On a busy machine the changes could be over before the first question.
        foreach (var reader in readers)
            await Task.WhenAny(reader, reading.WaitAsync(Token));
        for (var i = 0; i < 30; i++)
        {
            await engine.UpsertAsync(Catalog([new Product($"extra-{i}", null, 1000, [i, 1, 1])]), cancellationToken: Token);
            if (i % 3 == 0)
                await engine.RemoveAsync($"extra-{i}", Token);
        }
        await done.CancelAsync();
        Assert.All(await Task.WhenAll(readers), answers => Assert.True(answers > 0));
        Assert.Equal(120, engine.Count);
    }

    [Fact]
    public async Task DisposeAsync_OwnExtractor_IsLeftToItsOwner()
    {
        var extractor = new VectorExtractor();
        await (await BuildAsync(Product.Cloud(3), extractor: extractor)).DisposeAsync();
        Assert.False(extractor.IsDisposed);
    }
}
