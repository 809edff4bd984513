using System.Globalization;
using ImageRec.Indexing;
using ImageRec.Ranking;

namespace ImageRec.Tests.Engine;

/// <summary>Failing, disposing, canceling: what an engine is afterwards.</summary>
public class LifeTests : EngineTest
{
    private static RecommenderBuilder Flaky(FlakyRecommender recommender) =>
        new RecommenderBuilder().UseExtractor(new VectorExtractor()).WithoutReduction().WithoutClusters()
            .UseRecommender(() => recommender, "flaky");

    [Fact]
    public async Task DisposeAsync_AnyNumberOfTimes_Ends()
    {
        var engine = await BuildAsync(Product.Cloud(20), FilePath);
        for (var i = 0; i < 4; i++)
            await engine.DisposeAsync();
        var recommender = new CosineRecommender();
        for (var i = 0; i < 3; i++)
            await recommender.DisposeAsync();
    }

    [Fact]
    public async Task DisposeAsync_StateCannotBeSaved_LetsGoOfEverythingElse()
    {
        var recommender = new FlakyRecommender();
        var engine = await Flaky(recommender).BuildAsync(Catalog(Product.Cloud(10)), FilePath, cancellationToken: Token);
        await engine.UpsertAsync(Catalog(Product.Cloud(10).ConvertAll(p => p with { Sku = $"new-{p.Sku}" })), cancellationToken: Token);
        recommender.FailsToSave = true;
        await engine.DisposeAsync();
        await engine.DisposeAsync();
        Assert.Equal(1, recommender.Disposals);
        Assert.Equal([Path.GetFileName(FilePath)], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task EveryCall_AfterDispose_ThrowsAndNamesTheEngine()
    {
        var products = Product.Cloud(20);
        var engine = await BuildAsync(products, FilePath);
        await engine.DisposeAsync();
        Func<Task>[] calls =
        [
            () => engine.RecommendAsync(products[0].Picture, count: 3, Token), () =>
            engine.RecommendManyAsync([], cancellationToken: Token),
            () => engine.RecommendLikeAsync(["sku-1"], cancellationToken: Token), () =>
            engine.UpsertAsync(Catalog(products), cancellationToken: Token), () => engine.RemoveAsync("sku-1", Token),
            () => engine.RefreshAsync(Token), () => engine.RebuildAsync(Catalog(products), cancellationToken: Token), () =>
            engine.BackupAsync(FilePath + "2", Token),
            () => Task.FromResult(engine.TryGet("sku-1", out _)), () => Task.FromResult(engine.Count), () => Task.FromResult(engine.Items),
            () => engine.GetClustersAsync(Token),
            () => engine.ToDataViewAsync(Token),
        ];
        foreach (var call in calls)
            Assert.Contains("RecommendationEngine", (await Assert.ThrowsAsync<ObjectDisposedException>(call)).ObjectName,
                StringComparison.Ordinal);
        await using var recommender = new CosineRecommender();
        await recommender.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(
            async () => await recommender.SearchAsync(new float[3], new Neighbor[1], cancellationToken: Token));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await recommender.RemoveAsync(new[] { 1 }, Token));
    }

    [Fact]
    public async Task DisposeAsync_WhileAsked_WaitsForTheAnswers()
    {
        var engine = await BuildAsync(Product.Cloud(50), FilePath);
        using var began = new SemaphoreSlim(0);
        var release = new TaskCompletionSource();
        var picture = ImageSource.FromStream(async _ =>
        {
            began.Release();
            await release.Task;
            return new MemoryStream("1 2 3"u8.ToArray());
        });
        var asked = engine.RecommendAsync(picture, count: 5, Token);
        await began.WaitAsync(Token);
        var disposal = engine.DisposeAsync().AsTask();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), count: 5, Token));
        Assert.False(disposal.IsCompleted);
        release.SetResult();
        Assert.Equal(5, (await asked).Count);
        await disposal;
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task UpsertAsync_RecommenderFails_NothingHasChangedInMemoryOrOnDisk(bool before)
    {
        var recommender = new FlakyRecommender();
        var products = Product.Cloud(10);
        await using (var engine = await Flaky(recommender).BuildAsync(Catalog(products), FilePath, cancellationToken: Token))
        {
            (recommender.FailsBefore, recommender.FailsAfter) = (before, !before);
            Product[] changes = [new("new", null, 1, [9, 9, 9]), products[2] with { Vector = [8, 8, 1] }];
            await Assert.ThrowsAsync<IOException>(() => engine.UpsertAsync(Catalog(changes), cancellationToken: Token));
            recommender.FailsBefore = false;
            Assert.False(engine.TryGet("new", out _));
            Assert.Equal((10, 10), (engine.Count, recommender.Count));
            var hit = (await engine.RecommendAsync(products[2].Picture, count: 1, Token))[0];
            Assert.Equal(("sku-2", true, 1f), (hit.Id, hit.IsSamePicture, hit.Score));
            recommender.FailsAfter = true;
            await Assert.ThrowsAsync<IOException>(() => engine.RemoveAsync("sku-2", Token));
            Assert.True(engine.TryGet("sku-2", out _));
            Assert.Equal("sku-2", (await engine.RecommendAsync(products[2].Picture, count: 1, Token))[0].Id);
            // And the same change works as soon as the recommender does.
            Assert.Equal(2, (await engine.UpsertAsync(Catalog(changes), cancellationToken: Token)).Computed);
        }
        await using var reopened = await Flaky(new FlakyRecommender { Server = recommender }).OpenAsync<Product>(FilePath, Token);
        Assert.Equal(11, reopened.Count);
    }

    [Fact]
    public async Task OpenAsync_RecommenderReadsOnlySomeRows_HasAllItems()
    {
        var recommender = new FlakyRecommender();
        await (await Flaky(recommender).BuildAsync(Catalog(Product.Cloud(50)), FilePath, cancellationToken: Token)).DisposeAsync();
        await using var reopened = await Flaky(new FlakyRecommender { Server = recommender }).OpenAsync<Product>(FilePath, Token);
        Assert.Equal(50, reopened.Count);
        Assert.Equal(50, (await reopened.RecommendAsync(VectorExtractor.Picture(1, 1, 1), count: 99, Token)).Count);
    }

    [Fact]
    public async Task BuildAsync_OptionsThatCannotWork_FailBeforeAnyPictureIsRead()
    {
        Assert.Contains("Recall is 98", Assert.Throws<ArgumentException>(() => Builder().RankByCosine(o => o.Recall = 98)).Message,
            StringComparison.Ordinal);
        Assert.Contains("Threads is 0", Assert.Throws<ArgumentException>(() => Builder().RankByCosine(o => o.Threads = 0)).Message,
            StringComparison.Ordinal);
        var extractor = new VectorExtractor();
        (RecommenderBuilder Builder, string Quoted)[] wrong =
        [
            (new RecommenderBuilder().UseExtractor(extractor).RankByCosine(o => o.Memory = MemoryMode.CodesOnly), "CodesOnly"),
            (new RecommenderBuilder { FitSampleRows = 0 }.UseExtractor(extractor), "FitSampleRows is 0"),
            (new RecommenderBuilder { Limits = new() { MaxBytes = 0 } }.UseExtractor(extractor), "0 bytes"),
            (new RecommenderBuilder { RefreshInterval = TimeSpan.Zero }.UseExtractor(extractor), "RefreshInterval is 00:00:00"),
            (new RecommenderBuilder { UnreadableImages = (UnreadableImages)9 }.UseExtractor(extractor), "UnreadableImages is 9"),
        ];
        foreach (var (builder, quoted) in wrong)
            Assert.Contains(quoted,
                (await Assert.ThrowsAsync<InvalidOperationException>(
                () => builder.BuildAsync(Catalog(Product.Cloud(9)), cancellationToken: Token))).Message, StringComparison.Ordinal);
        Assert.Empty(extractor.Computed);
    }

    [Fact]
    public async Task BuildAsync_NetworkThatCannotBeLoaded_LeavesNoFile()
    {
        var builder = new RecommenderBuilder().UseOnnx(new OnnxModel(new byte[40], "broken"));
        await Assert.ThrowsAsync<OnnxModelException>(
            () => builder.BuildAsync(Catalog(Product.Cloud(9)), FilePath, cancellationToken: Token));
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task UpsertAsync_Nothing_ChangesNothing()
    {
        await using var engine = await BuildAsync(Product.Cloud(9));
        Assert.Equal((9, 0), ((await engine.UpsertAsync(Catalog([]), cancellationToken: Token)).Items, engine.Report!.Removed));
        Assert.Empty(await engine.RecommendManyAsync([], cancellationToken: Token));
    }

    [Fact]
    public async Task RecommendAsync_BlockedUponOnAThreadWithAContext_Ends()
    {
        await using var engine = await BuildAsync(Product.Cloud(30), FilePath);
        var ended = new TaskCompletionSource<int>();
        var thread = new Thread(() =>
        {
            SynchronizationContext.SetSynchronizationContext(new OneThreadContext());
            var source = ImageSource.FromStream(_ => new ValueTask<Stream>(Task.Run<Stream>(async () =>
            {
                await Task.Delay(5);
                return new MemoryStream("1 2 3"u8.ToArray());
            })));
            var answer = engine.RecommendAsync(source, count: 5);
            ended.SetResult(answer.Wait(TimeSpan.FromSeconds(30)) ? answer.Result.Count : 0);
        }) { IsBackground = true };
        thread.Start();
        Assert.Equal(5, await ended.Task.WaitAsync(Token));
    }

    [Fact]
    public async Task OpenAsync_UnderAnotherCulture_OpensWhatWasBuiltUnderTheFirst()
    {
        var products = Product.Cloud(20, dimensions: 6);
        RecommenderBuilder Build() => new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).ReduceWithPca(3)
            .LearnCategories(o => o.Weight = 0.25f).ClusterWithKMeans(3).RankByCosine(o => o.Recall = 0.95);
        await (await Build().BuildAsync(Catalog(products), FilePath, cancellationToken: Token)).DisposeAsync();
        foreach (var name in new[] { "de-DE", "tr-TR", "ar-SA" })
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);
            await using (var opened = await Build().OpenAsync<Product>(FilePath, Token))
                Assert.Equal(20, opened.Count);
            await using var built = await Build().BuildAsync(Catalog(products), FilePath, cancellationToken: Token);
            Assert.Equal(0, built.Report!.Computed);
        }
    }

    private sealed class OneThreadContext : SynchronizationContext
    {
        // Nobody runs what is posted: the thread waits.
        public override void Post(SendOrPostCallback d, object? state)
        {
        }
    }

    [Fact]
    public async Task BuildAsync_ProgressThrowsAtTheEnd_LetsGoOfTheRecommender()
    {
        var recommender = new FlakyRecommender();
        await Assert.ThrowsAsync<InvalidDataException>(
            () => Flaky(recommender).BuildAsync(Catalog(Product.Cloud(9)), FilePath, new ThrowsAtTheEnd(), Token));
        Assert.Equal(1, recommender.Disposals);
        Assert.Equal([Path.GetFileName(FilePath)], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Fact]
    public async Task RefreshInterval_RecommenderFailsOnce_FollowsAgainAndEnds()
    {
        await using var writer = await BuildAsync(Product.Cloud(9), FilePath);
        var recommender = new FlakyRecommender();
        var builder = new RecommenderBuilder { FitSampleRows = 50, RefreshInterval = TimeSpan.FromMilliseconds(10) }
            .UseExtractor(new VectorExtractor()).WithoutReduction().ClusterWithKMeans(4).UseRecommender(() => recommender, "flaky");
        await using (var reader = await builder.OpenAsync<Product>(FilePath, Token))
        {
            recommender.FailsBefore = true;
            await writer.UpsertAsync(Catalog([new Product("x", null, 1, [5, 5, 1])]), cancellationToken: Token);
            await Assert.ThrowsAsync<IOException>(() => reader.RefreshAsync(Token));
            recommender.FailsBefore = false;
            while (!reader.TryGet("x", out _))
                await Task.Delay(5, Token);
        }
        Assert.Equal(1, recommender.Disposals);
    }

    [Fact]
    public async Task RecommendAsync_SamePicture_IsFirstAndExactlyOneWhateverTheRounding()
    {
        var products = Product.Cloud(40, dimensions: 12).ConvertAll(p => p with { Vector = [.. p.Vector.Select(v => v * 3.3f)] });
        // The same direction under other bytes, ahead in catalog order.
        List<Product> all =
            [.. products.Select(p => p with { Sku = $"near-{p.Sku}", Vector = [.. p.Vector.Select(v => v * 1.7f)] }), .. products];
        await using var engine = await new RecommenderBuilder().UseExtractor(new VectorExtractor(12)).WithoutReduction().WithoutClusters()
            .BuildAsync(Catalog(all), cancellationToken: Token);
        foreach (var product in products)
        {
            var hit = Assert.Single(await engine.RecommendAsync(product.Picture, new() { Count = 1, MinScore = 1 }, Token));
            Assert.Equal((product.Sku, 1f, true), (hit.Id, hit.Score, hit.IsSamePicture));
        }
    }

    [Fact]
    public async Task RecommendAsync_LargestCountWithDiversity_GivesAllThereAre()
    {
        await using var engine = await BuildAsync(Product.Cloud(9));
        Assert.Equal(9,
            (await engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), new() { Count = int.MaxValue, Diversity = 0.5f }, Token)).Count);
    }

    [Fact]
    public async Task BuildAsync_HalfACharacterInAnId_NamesTheItem()
    {
        var error = await Assert.ThrowsAsync<CatalogException>(
            () => BuildAsync([.. Product.Cloud(2), new Product("a\uD800", null, 1, [1, 2, 3])], FilePath));
        Assert.Contains("Item 3", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecommendAsync_NullInOptionsOrPictures_IsAnArgumentError()
    {
        await using var engine = await BuildAsync(Product.Cloud(9));
        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.RecommendManyAsync([VectorExtractor.Picture(1, 2, 3), null!], cancellationToken: Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), new() { Attributes = [null!] }, Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), new() { AtMostPer = new(1, null!) }, Token));
    }

    private sealed class ThrowsAtTheEnd : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value)
        {
            if (value.Stage == BuildStage.Complete)
                throw new InvalidDataException();
        }
    }
}
