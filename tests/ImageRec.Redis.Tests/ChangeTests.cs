using ImageRec.Redis.Tests.Support;
using ImageRec.Tests.Engine;

namespace ImageRec.Redis.Tests;

/// <summary>What one front end changes, another sees with its next call; what is unchanged is left alone.</summary>
public sealed class ChangeTests(GarnetServer server) : SharedTest, IClassFixture<GarnetServer>
{
    private static readonly List<Product> s_products = Product.Cloud(60, Dimensions);

    [Fact]
    public async Task UpsertAndRemove_OnOneFrontEnd_AreSeenByAnother()
    {
        var catalog = Catalog(server.Address, "two");
        await using var first = await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token);
        await using var second = await Builder().OpenAsync<Product>(catalog, Token);
        var point = Point(1);

        var report = await first.UpsertAsync(CatalogOf([new("new", "type-9", 5, point)]), cancellationToken: Token);
        Assert.Equal((61, 1, 0), (report.Items, report.Computed, report.Reused));
        var answers = await second.RecommendAsync(VectorExtractor.Picture(point), 3, Token);
        Assert.Equal(("new", 1f, true, 5m), (answers[0].Id, answers[0].Score, answers[0].IsSamePicture, answers[0].Item.Price));

        // Another picture, then another price of the same.
        var moved = Point(2);
        await second.UpsertAsync(CatalogOf([new("new", "type-9", 5, moved)]), cancellationToken: Token);
        Assert.Equal(61, await first.CountAsync(Token));
        Assert.DoesNotContain(
            await first.RecommendAsync(VectorExtractor.Picture(point), 5, Token), hit => hit.IsSamePicture || hit.Score > 0.9999f);
        report = await second.UpsertAsync(CatalogOf([new("new", "type-9", 7, moved)]), cancellationToken: Token);
        Assert.Equal((0, 1), (report.Computed, report.Reused));
        var hit = (await first.RecommendAsync(VectorExtractor.Picture(moved), 1, Token))[0];
        Assert.Equal(("new", 7m, true), (hit.Id, hit.Item.Price, hit.IsSamePicture));

        Assert.Equal(1, await first.RemoveAsync(["new", "new", "none"], Token));
        Assert.Equal(60, await second.CountAsync(Token));
        Assert.Empty(await second.GetAsync(["new"], Token));
        Assert.DoesNotContain(await second.RecommendAsync(VectorExtractor.Picture(moved), 60, Token), answer => answer.Id == "new");
    }

    [Fact]
    public async Task Build_Again_ComputesWhatChangedAndRemovesWhatIsGone()
    {
        var catalog = Catalog(server.Address, "again");
        await (await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token)).DisposeAsync();
        var extractor = new VectorExtractor(Dimensions);
        var changed = s_products.Skip(10).Select((product, i) => i == 0 ? product with { Vector = Point(3) } : product).ToList();

        await using var engine = await Builder(extractor).BuildAsync(CatalogOf(changed), catalog, cancellationToken: Token);

        Assert.Single(extractor.Computed);
        Assert.Equal((50, 1, 49, 10),
            (engine.Report!.Items, engine.Report.Computed, engine.Report.Reused, engine.Report.Removed));
        Assert.Equal(50, await engine.CountAsync(Token));
        Assert.Equal(changed.Select(product => product.Sku).Order(),
            (await engine.RecommendAsync(VectorExtractor.Picture(Point(4)), 100, Token)).Select(hit => hit.Id).Order());
    }

    [Fact]
    public async Task Build_MoreThanTheFitSample_ComputesEachOnce()
    {
        var extractor = new VectorExtractor(Dimensions);
        var builder = new RecommenderBuilder { FitSampleRows = 20 }.UseExtractor(extractor).WithoutReduction().ClusterWithKMeans(4);
        await using var engine = await builder.BuildAsync(
            CatalogOf(s_products), Catalog(server.Address, "sampled", o => o.Shards = 3), cancellationToken: Token);
        Assert.Equal((60, 60, 0, 60), (engine.Report!.Items, engine.Report.Computed, engine.Report.Reused, extractor.Computed.Count));
        Assert.Equal(3, engine.Shards);
    }

    [Fact]
    public async Task Build_TwoWorkersAtOnce_OneFitsAndBothHoldTheWhole()
    {
        var catalog = Catalog(server.Address, "race");
        var engines = await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token)));
        foreach (var engine in engines)
        {
            Assert.Equal(60, await engine.CountAsync(Token));
            Assert.Equal(60, (await engine.RecommendAsync(VectorExtractor.Picture(Point(5)), 100, Token)).Count);
            await engine.DisposeAsync();
        }
    }

    [Fact]
    public async Task Upsert_Unreadable_IsListedAndTheRestIsThere()
    {
        var catalog = Catalog(server.Address, "unreadable");
        await using var engine = await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token);
        var report = await engine.UpsertAsync(
            CatalogOf([new("bad", null, 1, [1, 2]), new("zero", null, 1, new float[Dimensions]), new("good", null, 1, Point(6))]),
            cancellationToken: Token);
        Assert.Equal((61, 1), (report.Items, report.Computed));
        Assert.Equal(["bad", "zero"], report.Unreadable.Select(item => item.Id).Order());
    }

    [Fact]
    public async Task Recommend_PicturesOfSeveralItems_AllAreTheSamePictureInOrderOfTheirIds()
    {
        var point = Point(7);
        var products = s_products.Concat([new("b", null, 1, point), new("a", null, 2, point), new("c", null, 3, point)]);
        await using var engine = await Builder().BuildAsync(CatalogOf(products), Catalog(server.Address, "same"), cancellationToken: Token);
        var answers = await engine.RecommendAsync(VectorExtractor.Picture(point), 4, Token);
        Assert.Equal(["a", "b", "c"], answers.Take(3).Select(hit => hit.Id));
        Assert.Equal([true, true, true, false], answers.Select(hit => hit.IsSamePicture));
        Assert.Equal(2, (await engine.RecommendLikeAsync(["a"], options: new() { Count = 2 }, cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task Recommend_DislikedAsMuchAsLiked_StillAnswers()
    {
        await using var engine = await Builder().BuildAsync(
            CatalogOf(s_products), Catalog(server.Address, "zero"), cancellationToken: Token);
        // The query is 0: everything scores 0, and all that match come back.
        var opposite = s_products[0] with { Sku = "twice", Vector = [.. s_products[0].Vector.Select(value => 2 * value)] };
        await engine.UpsertAsync(CatalogOf([opposite]), cancellationToken: Token);
        var answers = await engine.RecommendLikeAsync(
            [s_products[0].Sku, s_products[1].Sku], [s_products[2].Sku], new() { Count = 100 }, Token);
        Assert.Equal(58, answers.Count);
    }

    [Fact]
    public async Task Delete_ACatalog_LeavesOthersAndMakesRoomForAnother()
    {
        var (gone, kept) = (Catalog(server.Address, "gone"), Catalog(server.Address, "kept"));
        await (await Builder().BuildAsync(CatalogOf(s_products), gone, cancellationToken: Token)).DisposeAsync();
        await using var other = await Builder().BuildAsync(CatalogOf(s_products.Take(7)), kept, cancellationToken: Token);
        await gone.DeleteAsync(Token);
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => Builder().OpenAsync<Product>(gone, Token));
        Assert.Equal(
            "There is no shared catalog 'gone' in this store. Build it first, or give the name it was built under.", error.Message);
        Assert.Equal(7, await other.CountAsync(Token));
        await using var again = await Builder().BuildAsync(CatalogOf(s_products.Take(5)), gone, cancellationToken: Token);
        Assert.Equal(5, await again.CountAsync(Token));
    }

    [Fact]
    public async Task Copy_OfACatalogFile_AnswersAsTheFileDoes()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("imagerec-test-").FullName, "shop.imagerec");
        var catalog = Catalog(server.Address, "copied", o => o.Attributes.Add(nameof(Product.Price)));
        await using var alone = await Builder().BuildAsync(CatalogOf(s_products), path, cancellationToken: Token);
        await Builder().CopyAsync<Product>(path, catalog, Token);
        await using var shared = await Builder().OpenAsync<Product>(catalog, Token);
        var options = new RecommendOptions<Product> { Count = 10, Where = SharedFilter.Of<Product>(product => product.Price >= 30) };
        var picture = VectorExtractor.Picture(Point(8));
        Assert.Equal((await alone.RecommendAsync(picture, options, Token)).Select(hit => hit.Id),
            (await shared.RecommendAsync(picture, options, Token)).Select(hit => hit.Id));
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => Builder().CopyAsync<Product>(path, catalog, Token));
        Assert.StartsWith("There is a catalog 'copied' already.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_IntoAFile_AnswersAsTheStoreDoesAndIsBuiltOn()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("imagerec-test-").FullName, "shop.imagerec");
        var catalog = Catalog(server.Address, "back");
        var builder = new RecommenderBuilder().UseExtractor(new VectorExtractor(Dimensions)).WithoutReduction().ClusterWithKMeans(4)
            .LearnCategories();
        await using var shared = await builder.BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token);
        await shared.RemoveAsync(["sku-3"], Token);

        await builder.CopyToFileAsync<Product>(catalog, path, Token);

        await using (var alone = await builder.OpenAsync<Product>(path, Token))
        {
            Assert.Equal((59, 4), (alone.Count, alone.Clusters(Token).Count));
            Assert.Equal(59, alone.Clusters(Token).Sum(cluster => cluster.Size));
            var picture = VectorExtractor.Picture(Point(9));
            var (wanted, found) = (await shared.RecommendAsync(picture, 59, Token), await alone.RecommendAsync(picture, 59, Token));
            Assert.Equal(wanted.Select(hit => (hit.Id, hit.Item.Price)), found.Select(hit => (hit.Id, hit.Item.Price)));
        }
        var extractor = new VectorExtractor(Dimensions);
        await using (var built = await new RecommenderBuilder().UseExtractor(extractor).WithoutReduction().ClusterWithKMeans(4)
            .LearnCategories().BuildAsync(CatalogOf(s_products), path, cancellationToken: Token))
            Assert.Equal((60, 1, 1), (built.Count, built.Report!.Computed, extractor.Computed.Count));
        var error = await Assert.ThrowsAsync<CatalogFileException>(() => builder.CopyToFileAsync<Product>(catalog, path, Token));
        Assert.Contains("There is a catalog in", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copy_IntoAFileThatFails_LeavesNoFile()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("imagerec-test-").FullName, "shop.imagerec");
        await Assert.ThrowsAsync<SharedCatalogException>(
            () => Builder().CopyToFileAsync<Product>(Catalog(server.Address, "nothing"), path, Token));
        Assert.False(File.Exists(path));
    }

    [Fact]
    public async Task Copy_OfACatalogThatPutsTheCategoryFirst_IsRefused()
    {
        var folder = Directory.CreateTempSubdirectory("imagerec-test-");
        var path = Path.Combine(folder.FullName, "shop.imagerec");
        await (await Builder().LearnCategories(o => o.CategoryFirst = true)
            .BuildAsync(CatalogOf(s_products), path, cancellationToken: Token)).DisposeAsync();
        var error = await Assert.ThrowsAsync<SharedCatalogException>(
            () => Builder().CopyAsync<Product>(path, Catalog(server.Address, "first"), Token));
        Assert.Contains("was built to put the category first", error.Message, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }
}
