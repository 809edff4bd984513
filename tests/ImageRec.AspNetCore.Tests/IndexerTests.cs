using DrawnProducts;
using ImageRec.AspNetCore.Contracts;

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
        await File.WriteAllTextAsync(file, "this is not a catalog, and long enough to look at", TestContext.Current.CancellationToken);
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

    [Fact]
    public async Task Reindex_WhenPaused_WaitsForResume()
    {
        var listed = TestShop.Listed.Take(24).ToList();
        await using var shop = await TestShop.StartAsync(o => o.Products = _ => listed.ToList());
        shop.Catalog.Pause();
        listed.AddRange(TestShop.Listed.Skip(24));
        shop.Catalog.Reindex();
        await Task.Delay(400, TestContext.Current.CancellationToken);
        Assert.Equal(24, shop.Catalog.Engine!.Count);
        shop.Catalog.Resume();
        await shop.UntilAsync(s => s.State == IndexingState.Ready && s.Indexed == TestShop.Products);
    }

    [Fact]
    public async Task Reindex_DuringARun_IsFollowedByAnother()
    {
        var extractor = new TinyExtractor();
        var (began, hold) = (new TaskCompletionSource(), new TaskCompletionSource());
        extractor.Before = async token =>
        {
            began.TrySetResult();
            await hold.Task.WaitAsync(token);
        };
        var listed = TestShop.Listed.Take(24).ToList();
        await using var shop = await TestShop.StartAsync(o => o.Products = _ => listed.ToList(), extractor: extractor, wait: false);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        listed.AddRange(TestShop.Listed.Skip(24));
        shop.Catalog.Reindex();
        hold.SetResult();
        await shop.UntilAsync(s => s.State == IndexingState.Ready && s.Indexed == TestShop.Products);
    }

    [Fact]
    public async Task ReindexInterval_ListsAnewByItself()
    {
        var listed = TestShop.Listed.Take(24).ToList();
        await using var shop = await TestShop.StartAsync(
            o => (o.Products, o.ReindexInterval) = (_ => listed.ToList(), TimeSpan.FromMilliseconds(200)));
        listed.AddRange(TestShop.Listed.Skip(24));
        await shop.UntilAsync(s => s.State == IndexingState.Ready && s.Indexed == TestShop.Products);
    }

    [Fact]
    public async Task Run_ListingFailsAndComesBack_IsTriedAgainWhileTheSiteAnswers()
    {
        var away = false;
        await using var shop = await TestShop.StartAsync(o =>
        {
            o.Products = _ => Volatile.Read(ref away) ? throw new TimeoutException("server=db;password=x") : TestShop.Listed;
            o.FirstRetry = TimeSpan.FromMilliseconds(100);
        });
        Volatile.Write(ref away, true);
        shop.Catalog.Reindex();
        var status = await shop.UntilAsync(s => s.State == IndexingState.Failed);
        Assert.Contains("Products failed", status.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("password", status.Message, StringComparison.Ordinal);
        Assert.Equal(5, (await shop.RecommendAsync(Pictures.Fresh())).Count);
        Volatile.Write(ref away, false);
        await shop.UntilAsync(s => s.State == IndexingState.Ready);
    }

    [Theory]
    [InlineData("null item", "is null")]
    [InlineData("null list", "returned null")]
    [InlineData("null id", "has no id")]
    [InlineData("id throws", "Id failed")]
    [InlineData("list breaks", "after 3 of them")]
    public async Task Run_ProductsThatCannotBeListed_FailsWithASentence(string fault, string expected)
    {
        await using var shop = await TestShop.StartAsync(
            o =>
            {
                o.Products = _ => fault switch
                {
                    "null item" => [.. TestShop.Listed.Take(3), null!],
                    "null list" => null!,
                    "list breaks" => Broken(),
                    _ => TestShop.Listed,
                };
                o.Id = p => p.Sku != TestShop.Listed[3].Sku ? p.Sku : fault == "id throws"
                    ? throw new NotSupportedException()
                    : fault == "null id" ? null! : p.Sku;
            }, wait: false);
        var status = await shop.UntilAsync(s => s.State == IndexingState.Failed);
        Assert.Contains(expected, status.Message, StringComparison.Ordinal);

        static IEnumerable<DrawnProduct> Broken()
        {
            foreach (var product in TestShop.Listed.Take(3))
                yield return product;
            throw new IOException("/srv/secret is gone");
        }
    }

    [Theory]
    [InlineData("image throws")]
    [InlineData("image is null")]
    [InlineData("category throws")]
    [InlineData("source throws")]
    public async Task Run_OneProductsSelectorsFail_ThatProductIsUnreadableAndTheRestIsIndexed(string fault)
    {
        var odd = TestShop.Listed[5].Sku;
        await using var shop = await TestShop.StartAsync(o =>
        {
            o.Image = p => (p.Sku == odd ? fault : "") switch
            {
                "image throws" => throw new NotSupportedException("no picture"),
                "image is null" => null!,
                "source throws" => ImageSource.FromStream(_ => throw new IOException("the store is away"), p.Sku),
                _ => ImageSource.FromBytes(Pictures.Draw(p), p.Sku),
            };
            o.Category = p => p.Sku == odd && fault == "category throws" ? throw new NotSupportedException("no category") : p.Category;
        });
        Assert.Equal((TestShop.Products - 1, 1), (shop.Catalog.Status.Indexed, shop.Catalog.Status.Unreadable));
        var page = await shop.GetAsync<ProductPage>("/visual/items?pageSize=100");
        Assert.Equal(TestShop.Products, page.Total);
    }

    [Fact]
    public async Task Start_FileThatAnotherEngineIsWriting_WaitsAndGoesOnAfterwards()
    {
        using var folder = new TestFolder();
        var file = folder.File("shop.imagerec");
        var hold = new TaskCompletionSource();
        var (slow, began) = (new TinyExtractor(), new TaskCompletionSource());
        slow.Before = async token =>
        {
            began.TrySetResult();
            await hold.Task.WaitAsync(token);
        };
        var catalog = TestShop.Listed.ToCatalog(p => p.Sku, p => ImageSource.FromBytes(Pictures.Draw(p), p.Sku), p => p.Category);
        var other = new RecommenderBuilder().UseExtractor(slow).WithoutReduction().ClusterWithKMeans(4)
            .BuildAsync(catalog, file, cancellationToken: TestContext.Current.CancellationToken);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        await using var shop = await TestShop.StartAsync(
            o => (o.CatalogFile, o.FirstRetry) = (file, TimeSpan.FromMilliseconds(100)), wait: false);
        var status = await shop.UntilAsync(s => s.State == IndexingState.Waiting);
        Assert.Contains("shop.imagerec", status.Message, StringComparison.Ordinal);
        hold.SetResult();
        await (await other).DisposeAsync();
        await shop.ReadyAsync();
        Assert.Equal(TestShop.Products, shop.Catalog.Status.Indexed);
        Assert.Equal(0, shop.Extractor.Extracted);
    }

    [Fact]
    public async Task Start_SecondSiteOnOneFile_AnswersFollowsAndTakesOver()
    {
        using var folder = new TestFolder();
        var listed = TestShop.Listed.Take(24).ToList();
        var second = default(TestShop);
        try
        {
            await using (var first = await TestShop.StartAsync(Configure))
            {
                second = await TestShop.StartAsync(Configure, wait: false);
                var status = await second.UntilAsync(s => s.State == IndexingState.Waiting && s.CanRecommend);
                Assert.Contains("'shop.imagerec'", status.Message, StringComparison.Ordinal);
                Assert.DoesNotContain(Environment.MachineName, status.Message, StringComparison.Ordinal);
                Assert.Equal(5, (await second.RecommendAsync(Pictures.Fresh())).Count);
                Assert.Equal("Healthy", await second.Client.GetStringAsync("/health", TestContext.Current.CancellationToken));
                listed.AddRange(TestShop.Listed.Skip(24));
                first.Catalog.Reindex();
                await second.UntilAsync(s => s.State == IndexingState.Waiting && s.Indexed == TestShop.Products);
            }
            await second.ReadyAsync();
            Assert.Equal(TestShop.Products, second.Catalog.Status.Indexed);
            // The one picture that was asked about.
            Assert.Equal(1, second.Extractor.Extracted);
        }
        finally
        {
            if (second is not null)
                await second.DisposeAsync();
        }

        void Configure(ImageRecOptions<DrawnProduct> o) =>
            (o.CatalogFile, o.Products, o.FirstRetry) =
                (folder.File("shop.imagerec"), _ => listed.ToList(), TimeSpan.FromMilliseconds(200));
    }

    [Fact]
    public async Task Stop_DuringTheFirstIndex_EndsSoonAndNothingIsLeftOpen()
    {
        using var folder = new TestFolder();
        var extractor = new TinyExtractor { Before = token => Task.Delay(Timeout.Infinite, token) };
        var shop = await TestShop.StartAsync(
            o => o.CatalogFile = folder.File("shop.imagerec"), extractor: extractor, wait: false, kestrel: true);
        await shop.UntilAsync(s => s.State == IndexingState.Building);
        await using var listening = await shop.Client.GetStreamAsync("/visual/status/events", TestContext.Current.CancellationToken);
        await shop.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        Assert.Equal(IndexingState.Stopped, shop.Stopped!.State);
        Assert.Null(shop.EngineAfterEnd);
    }

    [Fact]
    public async Task Stop_WhileProductsAreListedByWhatNeverAnswers_EndsSoon()
    {
        using var never = new ManualResetEventSlim();
        var shop = await TestShop.StartAsync(
            o => o.Products = _ =>
            {
                never.Wait(TestContext.Current.CancellationToken);
                return TestShop.Listed;
            }, wait: false);
        await Task.Delay(100, TestContext.Current.CancellationToken);
        await shop.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(15), TestContext.Current.CancellationToken);
        never.Set();
    }
}
