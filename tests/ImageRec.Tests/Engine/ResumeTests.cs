namespace ImageRec.Tests.Engine;

/// <summary>Builds that were interrupted, and what the file is in between.</summary>
public class ResumeTests : EngineTest
{
    private sealed class At(BuildStage stage, Action act) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value)
        {
            if (value.Stage == stage)
                act();
        }
    }

    [Theory]
    [InlineData(BuildStage.Fitting)]
    [InlineData(BuildStage.Sampling)]
    public async Task BuildAsync_InterruptedThenAnotherList_FinishesAndEndsAsAFreshBuild(BuildStage stage)
    {
        RecommenderBuilder Build(VectorExtractor extractor) =>
            new RecommenderBuilder { FitSampleRows = 20 }.UseExtractor(extractor).ReduceWithPca(2).WithoutClusters();
        var products = Product.Cloud(60);
        using var stop = new CancellationTokenSource();
        var first = new VectorExtractor();
        if (stage == BuildStage.Sampling)
            first.BeforeBatch = computed => { if (computed >= 8) stop.Cancel(); };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Build(first).BuildAsync(
            Catalog(products), FilePath, stage == BuildStage.Fitting ? new At(stage, stop.Cancel) : null, stop.Token));
        List<Product> other = [new("fresh", "type-0", 1, [7, 7, 7]), .. products.Skip(5), new("last", null, 1, [6, 6, 1])];
        var second = new VectorExtractor();
        await using var engine = await Build(second).BuildAsync(Catalog(other), FilePath, cancellationToken: Token);
        Assert.Equal(57, engine.Count);
        // What was sampled before and is still listed is not computed again.
        var kept = first.Computed.Count(text => other.Skip(1).Any(p => VectorText(p) == text));
        Assert.Equal(57 - kept, second.Computed.Count);
        await using var reopened = await Build(new VectorExtractor()).OpenAsync<Product>(FilePath, Token);
        Assert.Equal(57, reopened.Count);
    }

    private static string VectorText(Product product) =>
        string.Join(' ', product.Vector.Select(v => v.ToString(System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public async Task BuildAsync_InterruptedRebuild_LeavesTheFileWhatItLastWasAndGoesOnLater()
    {
        var products = Product.Cloud(20);
        await (await BuildAsync(products, FilePath)).DisposeAsync();
        List<Product> next = [.. products.Take(10).Select(p => p with { Price = 77 }),
            .. Product.Cloud(200, seed: 9).ConvertAll(p => p with { Sku = $"next-{p.Sku}" })];
        using var stop = new CancellationTokenSource();
        var first = new VectorExtractor { PreferredBatch = 32, BeforeBatch = computed => { if (computed >= 64) stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Builder(first).BuildAsync(Catalog(next), FilePath, cancellationToken: stop.Token));
        await using (var meanwhile = await Builder().OpenAsync<Product>(FilePath, Token))
        {
            Assert.Equal(20, meanwhile.Count);
            Assert.True(meanwhile.TryGet("sku-3", out var item) && item.Price == 3);
        }
        var second = new VectorExtractor();
        await using var engine = await BuildAsync(next, FilePath, second);
        Assert.Equal((210, 10), (engine.Count, engine.Report!.Removed));
        Assert.Equal(200, first.Computed.Count + second.Computed.Count);
        Assert.True(engine.TryGet("sku-3", out var changed) && changed.Price == 77);
    }

    [Fact]
    public async Task BuildAsync_PictureBecameUnreadable_LeavesTheCatalog()
    {
        var products = Product.Cloud(20);
        await (await BuildAsync(products, FilePath)).DisposeAsync();
        var now =
            products.ToCatalog(p => p.Sku, p => p.Sku == "sku-3" ? ImageSource.FromFile("/nowhere/at-all.jpg") : p.Picture, p => p.Type);
        await using var engine = await Builder().BuildAsync(now, FilePath, cancellationToken: Token);
        Assert.Equal((19, 19), (engine.Report!.Items, engine.Count));
        Assert.Equal("sku-3", Assert.Single(engine.Report.Unreadable).Id);
        Assert.False(engine.TryGet("sku-3", out _));
        // An upsert leaves it as it was.
        var report = await engine.UpsertAsync(products.ToCatalog(
            p => p.Sku, p => p.Sku == "sku-4" ? ImageSource.FromFile("/nowhere.jpg") : p.Picture, p => p.Type), cancellationToken: Token);
        Assert.Equal("sku-4", Assert.Single(report.Unreadable).Id);
        Assert.True(engine.TryGet("sku-4", out _) && engine.TryGet("sku-3", out _));
    }

    [Fact]
    public async Task BuildAsync_DamagedRowWhoseItemChanges_IsRefusedAndNeverCopied()
    {
        var products = Product.Cloud(20);
        await (await BuildAsync(products, FilePath)).DisposeAsync();
        Execute("UPDATE items SET row = zeroblob(12) WHERE id = 'sku-3'");
        await Assert.ThrowsAsync<CatalogFileException>(
            () => BuildAsync(products.ConvertAll(p => p with { Price = p.Price + 1 }), FilePath));
        Assert.Contains("sku-3",
            (await Assert.ThrowsAsync<CatalogFileException>(() => Builder().OpenAsync<Product>(FilePath, Token))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_BuildIsRunning_SaysByWhomAndHowFar()
    {
        using var reached = new SemaphoreSlim(0);
        var release = new ManualResetEventSlim();
        var extractor = new VectorExtractor
        {
            PreferredBatch = 64,
            BeforeBatch = computed =>
            {
                if (computed < 128)
                    return;
                reached.Release();
                release.Wait();
            },
        };
        var build = Builder(extractor).BuildAsync(Catalog(Product.Cloud(400)), FilePath, cancellationToken: Token);
        await reached.WaitAsync(Token);
        var error = await Assert.ThrowsAsync<CatalogFileException>(() => Builder().OpenAsync<Product>(FilePath, Token));
        release.Set();
        Assert.Contains("is being built by", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(" 0 pictures", error.Message, StringComparison.Ordinal);
        await (await build).DisposeAsync();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(64)]
    public async Task RebuildAsync_InterruptedThenUpsertsThenRebuild_LosesNothing(int after)
    {
        var products = Product.Cloud(10);
        var extractor = new VectorExtractor();
        List<Product> next = [.. products, .. Product.Cloud(150, seed: 9).ConvertAll(p => p with { Sku = $"n-{p.Sku}" })];
        await using (var engine = await BuildAsync(products, FilePath, extractor))
        {
            using var stop = new CancellationTokenSource();
            var before = extractor.Computed.Count;
            extractor.BeforeBatch = computed => { if (computed >= before + after) stop.Cancel(); };
            await Assert.ThrowsAnyAsync<OperationCanceledException>(
                () => engine.RebuildAsync(Catalog(next), cancellationToken: stop.Token));
            extractor.BeforeBatch = null;
            Assert.Equal(10, engine.Count);
            // One product of its own, and two that the interrupted run had given keys to.
            Product[] upserted = [new("z", null, 5, [5, 6, 7]), next[12] with { Vector = [1, 9, 9] }, next[140]];
            await engine.UpsertAsync(Catalog(upserted), cancellationToken: Token);
            Assert.Equal(13, engine.Count);
            List<Product> last = [.. next, upserted[0]];
            await engine.RebuildAsync(Catalog(last), cancellationToken: Token);
            Assert.Equal(161, engine.Count);
            foreach (var product in last)
                Assert.True((await engine.RecommendAsync(product.Picture, count: 1, Token))[0] is { IsSamePicture: true } hit
                    && hit.Id == product.Sku);
        }
        await using var reopened = await Builder().OpenAsync<Product>(FilePath, Token);
        Assert.Equal(161, reopened.Count);
    }

    [Fact]
    public async Task RebuildAsync_ProgressThrowsAfterEverythingIsPublished_MemoryIsWhatTheFileIs()
    {
        var products = Product.Cloud(10);
        await using var engine = await BuildAsync(products, FilePath);
        List<Product> next = [.. products.Skip(1), new("new", null, 1, [3, 3, 9])];
        await Assert.ThrowsAsync<InvalidDataException>(
            () => engine.RebuildAsync(Catalog(next), new At(BuildStage.Indexing, () => throw new InvalidDataException()), Token));
        Assert.Equal((10, true, false), (engine.Count, engine.TryGet("new", out _), engine.TryGet("sku-0", out _)));
        Assert.Equal(0, await engine.RemoveAsync(["sku-0"], Token));
        await using var reopened = await Builder().OpenAsync<Product>(FilePath, Token);
        Assert.Equal(10, reopened.Count);
    }

    [Fact]
    public async Task BuildAsync_NothingOfTheSampleCanBeRead_SamplesOthers()
    {
        var products = Product.Cloud(30).Select((p, i) => i % 3 == 0 ? p : p with { Vector = [1] }).ToList();
        for (var seed = 1; seed < 6; seed++)
        {
            var builder = new RecommenderBuilder { FitSampleRows = 1, Seed = seed }.UseExtractor(new VectorExtractor()).WithoutReduction()
                .WithoutClusters();
            await using var engine = await builder.BuildAsync(Catalog(products), cancellationToken: Token);
            Assert.Equal(10, engine.Count);
        }
    }
}
