namespace ImageRec.Tests.Engine;

public class BuildTests : EngineTest
{
    [Fact]
    public async Task BuildAsync_EmptyCatalog_SaysSo()
    {
        var error = await Assert.ThrowsAsync<CatalogException>(() => BuildAsync([]));
        Assert.Contains("0 items", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_IdTwice_NamesBothPositions()
    {
        var product = Product.Cloud(1)[0];
        var error = await Assert.ThrowsAsync<CatalogException>(() => BuildAsync([product, product]));
        Assert.Contains("'sku-0'", error.Message, StringComparison.Ordinal);
        Assert.Contains("items 1 and 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_OneItemAndDefaultComponents_Works()
    {
        var builder = new RecommenderBuilder().UseExtractor(new VectorExtractor());
        await using var engine = await builder.BuildAsync(Catalog(Product.Cloud(1)), cancellationToken: Token);
        Assert.Single(await engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), count: 5, Token));
        Assert.Single(await engine.GetClustersAsync(Token));
    }

    [Fact]
    public async Task BuildAsync_MoreClustersThanDistinctRows_UsesAsManyAsThereAre()
    {
        var products = Enumerable.Range(0, 9).Select(i => new Product($"p{i}", null, 0, i % 2 == 0 ? [1, 0, 0] : [0, 1, 0])).ToList();
        await using var engine = await Builder().BuildAsync(Catalog(products), cancellationToken: Token);
        Assert.Equal(9, (await engine.GetClustersAsync(Token)).Sum(c => c.Size));
        Assert.Equal(2, (await engine.GetClustersAsync(Token)).Count(c => c.Size > 0));
    }

    [Fact]
    public async Task BuildAsync_UnreadablePicture_GoesOnAndReports()
    {
        var products = Product.Cloud(120);
        products[7] = products[7] with { Vector = [1] };
        products[99] = products[99] with { Vector = [1, 2] };
        await using var engine = await BuildAsync(products);
        Assert.Equal(118, engine.Count);
        Assert.Equal(["sku-7", "sku-99"], engine.Report!.Unreadable.Select(u => u.Id).Order());
        Assert.All(engine.Report.Unreadable, u => Assert.Contains("is not 3 numbers", u.Reason, StringComparison.Ordinal));
        Assert.DoesNotContain("sku-7", (await engine.RecommendAsync(products[0].Picture, count: 200, Token)).Select(h => h.Id));
    }

    [Fact]
    public async Task BuildAsync_UnreadablePictureAndThrow_Stops()
    {
        var products = Product.Cloud(10);
        products[7] = products[7] with { Vector = [1] };
        var builder = new RecommenderBuilder { UnreadableImages = UnreadableImages.Throw }.UseExtractor(new VectorExtractor());
        var error = await Assert.ThrowsAsync<UnreadableImageException>(
            () => builder.BuildAsync(Catalog(products), cancellationToken: Token));
        Assert.Contains("sku-7", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_NothingReadable_QuotesTheFirstReason()
    {
        var error = await Assert.ThrowsAsync<CatalogException>(() => BuildAsync([new Product("only", null, 0, [1])]));
        Assert.Contains("only", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_FailsBeforeAnythingIsComputed_LeavesNoFile()
    {
        await Assert.ThrowsAsync<CatalogException>(() => BuildAsync([new Product("only", null, 0, [1])], FilePath));

        Assert.Empty(Directory.GetFiles(Folder));
        await using var engine = await new RecommenderBuilder { Seed = 2 }.UseExtractor(new VectorExtractor())
            .BuildAsync(Catalog(Product.Cloud(9)), FilePath, cancellationToken: Token);
        Assert.Equal(9, engine.Count);
    }

    [Fact]
    public async Task BuildAsync_FailsAfterSomethingIsComputed_KeepsIt()
    {
        var extractor = new VectorExtractor
        {
            BeforeBatch = computed => { if (computed >= 4) throw new InvalidOperationException("The network is gone."); },
        };
        await Assert.ThrowsAsync<InvalidOperationException>(() => BuildAsync(Product.Cloud(200), FilePath, extractor));

        await using var engine = await BuildAsync(Product.Cloud(200), FilePath);
        Assert.InRange(engine.Report!.Reused, 1, 199);
    }

    [Fact]
    public async Task BuildAsync_FailsOnAFileThatWasThere_LeavesItAsItWas()
    {
        await (await BuildAsync(Product.Cloud(20), FilePath)).DisposeAsync();
        var before = Dump(FilePath);

        await Assert.ThrowsAsync<CatalogFileException>(
            () => BuildAsync(Product.Cloud(20), FilePath, new VectorExtractor(fingerprint: "vector-2")));

        Assert.Equal(before, Dump(FilePath));
    }

    [Fact]
    public async Task OpenAsync_JsonElement_ReadsItemsOfAnyTypeAsTheFileKeepsThem()
    {
        await (await BuildAsync(Product.Cloud(20), FilePath)).DisposeAsync();

        await using var engine = await Builder().OpenAsync<System.Text.Json.JsonElement>(FilePath, Token);
        var hit = (await engine.RecommendAsync(Product.Cloud(20)[3].Picture, count: 1, Token))[0];

        Assert.Equal("sku-3", hit.Item.GetProperty("Sku").GetString());
        Assert.Equal(3, hit.Item.GetProperty("Price").GetDecimal());
        Assert.False(hit.Item.TryGetProperty("Vector", out _));
    }

    [Fact]
    public void Use_SlotTwice_NamesBoth()
    {
        var error = Assert.Throws<InvalidOperationException>(() => new RecommenderBuilder().ReduceWithPca(64).WithoutReduction());
        Assert.Contains("reducer is set twice: pca(64), then none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_SameSeedAndItems_GivesTheSameFileContent()
    {
        var products = Product.Cloud(300, dimensions: 12);
        string[] dumps = await Task.WhenAll(new[] { "one", "two" }.Select(async name =>
        {
            var path = Path.Combine(Folder, name);
            var builder = new RecommenderBuilder { FitSampleRows = 100 }.UseExtractor(new VectorExtractor(12)).ReduceWithPca(5)
                .ClusterWithKMeans(6);
            await using (await builder.BuildAsync(Catalog(products), path, cancellationToken: Token))
                return Dump(path);
        }));
        Assert.Equal(dumps[0], dumps[1]);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(52)]
    [InlineData(140)]
    public async Task BuildAsync_InterruptedAndRunAgain_ComputesOnlyTheRestAndEndsTheSame(int after)
    {
        var products = Product.Cloud(200);
        var whole = Path.Combine(Folder, "whole");
        await (await BuildAsync(products, whole)).DisposeAsync();

        using var stop = new CancellationTokenSource();
        var first = new VectorExtractor { PreferredBatch = 64, BeforeBatch = computed => { if (computed >= after) stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Builder(first).BuildAsync(Catalog(products), FilePath, cancellationToken: stop.Token));
        var second = new VectorExtractor();
        await using (var engine = await BuildAsync(products, FilePath, second))
            Assert.Equal(first.Computed.Count, engine.Report!.Reused);

        Assert.Equal(200, first.Computed.Count + second.Computed.Count);
        Assert.Equal(Dump(whole), Dump(FilePath));
    }

    [Fact]
    public async Task BuildAsync_AgainOnChangedCatalog_ComputesChangesOnly()
    {
        var products = Product.Cloud(100);
        await (await BuildAsync(products, FilePath)).DisposeAsync();
        products.RemoveAt(3);
        products[10] = products[10] with { Vector = [9, 9, 9] };
        products[20] = products[20] with { Price = 12345 };
        products.Add(new Product("new", "type-0", 1, [3, 3, 3]));
        var extractor = new VectorExtractor();
        await using (var engine = await BuildAsync(products, FilePath, extractor))
        {
            Assert.Equal(["9 9 9", "3 3 3"], extractor.Computed);
            Assert.Equal((100, 2, 98, 1), (engine.Report!.Items, engine.Report.Computed, engine.Report.Reused, engine.Report.Removed));
            Assert.False(engine.TryGet("sku-3", out _));
        }
        await using var reopened = await Builder().OpenAsync<Product>(FilePath, Token);
        Assert.True(reopened.TryGet(products[20].Sku, out var repriced));
        Assert.Equal(12345, repriced.Price);
        Assert.Equal(
            "new", (await reopened.RecommendAsync(VectorExtractor.Picture(3, 3, 3), new() { Where = p => p.Sku == "new" }, Token))[0].Id);
    }

    [Fact]
    public async Task BuildAsync_OtherSettingsOnTheSameFile_NamesBothAndLeavesTheFile()
    {
        await (await BuildAsync(Product.Cloud(30), FilePath)).DisposeAsync();
        var before = Dump(FilePath);
        var other = new RecommenderBuilder { FitSampleRows = 50 }.UseExtractor(new VectorExtractor(fingerprint: "vector-2"))
            .WithoutReduction().ClusterWithKMeans(5);
        var error = await Assert.ThrowsAsync<CatalogFileException>(
            () => other.BuildAsync(Catalog(Product.Cloud(30)), FilePath, cancellationToken: Token));
        Assert.Contains("vector-1", error.Message, StringComparison.Ordinal);
        Assert.Contains("vector-2", error.Message, StringComparison.Ordinal);
        Assert.Contains("k-means(4), not k-means(5)", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, Dump(FilePath));
    }

    [Fact]
    public async Task BuildAsync_Progress_EndsCompleteAndCountsEveryPicture()
    {
        var reports = new List<BuildProgress>();
        await using var engine = await Builder()
            .BuildAsync(Catalog(Product.Cloud(200)), progress: new Synchronous(reports.Add), cancellationToken: Token);
        Assert.Equal(BuildStage.Complete, reports[^1].Stage);
        Assert.Equal(200, reports.Max(r => r.Done));
        Assert.Equal(reports.Select(r => r.Done).Order(), reports.Select(r => r.Done));
    }

    [Fact]
    public async Task BuildAsync_MissingFolderOrFolderAsFile_SaysWhatToDo()
    {
        var error = await Assert.ThrowsAsync<CatalogFileException>(() => BuildAsync(Product.Cloud(3), Path.Combine(Folder, "no", "such")));
        Assert.Contains("There is no folder", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<CatalogFileException>(() => BuildAsync(Product.Cloud(3), Folder));
        Assert.Contains("is a folder", error.Message, StringComparison.Ordinal);
    }

    private sealed class Synchronous(Action<BuildProgress> report) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => report(value);
    }
}
