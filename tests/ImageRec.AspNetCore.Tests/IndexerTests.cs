using DrawnProducts;

namespace ImageRec.AspNetCore.Tests;

public sealed class IndexerTests
{
    [Fact]
    public async Task Start_SecondTime_AnswersAtOnceWhileNewProductsAreIndexed()
    {
        using var folder = new TestFolder();
        var file = folder.File("shop.imagerec");
        await using (var first = await TestShop.StartAsync(o => (o.CatalogFile, o.Products) = (file, _ => TestShop.Listed.Take(32))))
            Assert.Equal(32, first.Catalog.Status.Indexed);

        var extractor = new TinyExtractor();
        var hold = new TaskCompletionSource();
        extractor.Before = hold.Task.WaitAsync;
        await using var second = await TestShop.StartAsync(o => o.CatalogFile = file, extractor: extractor, wait: false);
        await second.UntilAsync(s => s.State == IndexingState.Updating);
        var answer = await second.GetAsync<RecommendationList>($"/visual/recommendations/{TestShop.Listed[0].Sku}");
        Assert.Equal(5, answer.Recommendations.Count);
        hold.SetResult();
        await second.ReadyAsync();
        Assert.Equal(TestShop.Products, second.Catalog.Status.Indexed);
        Assert.Equal(TestShop.Products - 32, extractor.Extracted);
    }

    [Fact]
    public async Task Start_AfterStopInTheMiddleOfTheFirstIndex_GoesOnWhereItWas()
    {
        using var folder = new TestFolder();
        var file = folder.File("shop.imagerec");
        var slow = new TinyExtractor { Before = token => Task.Delay(500, token) };
        await using (var first = await TestShop.StartAsync(Configure, extractor: slow, wait: false))
            await first.UntilAsync(s => s.Done >= 64);
        Assert.InRange(slow.Extracted, 64, TestShop.Many.Count - 1);

        var extractor = new TinyExtractor();
        await using var second = await TestShop.StartAsync(Configure, extractor: extractor);
        Assert.Equal(TestShop.Many.Count, second.Catalog.Status.Indexed);
        Assert.InRange(extractor.Extracted, 1, TestShop.Many.Count - 64);

        void Configure(ImageRecOptions<DrawnProduct> o) => (o.Products, o.CatalogFile) = (_ => TestShop.Many, file);
    }

    [Fact]
    public async Task Start_ProductsGone_TakesThemOut()
    {
        using var folder = new TestFolder();
        var file = folder.File("shop.imagerec");
        await (await TestShop.StartAsync(o => o.CatalogFile = file)).DisposeAsync();
        await using var second = await TestShop.StartAsync(o => (o.CatalogFile, o.Products) = (file, _ => TestShop.Listed.Skip(10)));
        Assert.Equal(TestShop.Products - 10, second.Catalog.Status.Indexed);
        Assert.DoesNotContain(await second.RecommendAsync(Pictures.Draw(TestShop.Listed[0])), h => h.IsSamePicture);
    }

    [Fact]
    public async Task Start_ChangedPicture_IsIndexedAgain()
    {
        using var folder = new TestFolder();
        var file = folder.File("shop.imagerec");
        await (await TestShop.StartAsync(o => o.CatalogFile = file)).DisposeAsync();
        var changed = TestShop.Listed[5].Sku;
        await using var second = await TestShop.StartAsync(o =>
        {
            o.CatalogFile = file;
            o.Image = p => ImageSource.FromBytes(p.Sku == changed ? Pictures.Fresh(99) : Pictures.Draw(p), p.Sku);
        });
        var hit = (await second.RecommendAsync(Pictures.Fresh(99)))[0];
        Assert.Equal((changed, true), (hit.Product.Id, hit.IsSamePicture));
        Assert.Equal(1, second.Extractor.Extracted);
    }

    [Fact]
    public async Task Start_DamagedFile_FailsWithoutNamingTheFolder()
    {
        using var folder = new TestFolder();
        var file = folder.File("shop.imagerec");
        await File.WriteAllTextAsync(file, "this is not a catalogue, and long enough to look at", TestContext.Current.CancellationToken);
        await using var shop = await TestShop.StartAsync(o => o.CatalogFile = file, wait: false);
        var status = await shop.UntilAsync(s => s.State == IndexingState.Failed);
        Assert.Contains("shop.imagerec", status.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(folder.Path, status.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resume_WhenReady_LooksForNewProducts()
    {
        var listed = TestShop.Listed.Take(24).ToList();
        await using var shop = await TestShop.StartAsync(o => o.Products = _ => listed.ToList());
        listed.AddRange(TestShop.Listed.Skip(24));
        shop.Catalog.Resume();
        await shop.UntilAsync(s => s.State == IndexingState.Ready && s.Indexed == TestShop.Products);
        Assert.Equal(TestShop.Products, (await shop.GetAsync<ProductPage>("/visual/items")).Total);
    }

    [Fact]
    public async Task Start_IdTwice_FailsByName()
    {
        await using var shop = await TestShop.StartAsync(o => o.Id = p => p.Kind == ProductKind.Mug ? "mug" : p.Sku, wait: false);
        var status = await shop.UntilAsync(s => s.State == IndexingState.Failed);
        Assert.Contains("'mug'", status.Message, StringComparison.Ordinal);
    }
}
