using DrawnProducts;
using ImageRec.Tests.Engine;
using Microsoft.Extensions.VectorData;

namespace ImageRec.VectorData.Tests;

/// <summary>What a shared catalog does in any vector store; a class per store.</summary>
public abstract class VectorStoreTests
{
    private const int Dimensions = 8;
    private const float Rounding = 2e-6f;
    private static readonly List<Product> s_products = Product.Cloud(60, Dimensions);

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected abstract VectorStore Store { get; }

    [Fact]
    public async Task Answers_OfDrawnProducts_AreThoseOfTheEngineInOneProcess()
    {
        var products = DrawnCatalog.Create(96, seed: 5);
        var strangers = DrawnCatalog.Create(3, seed: 99).Select(PictureOf).ToList();
        await using var alone = await new RecommenderBuilder().BuildAsync(DrawnOf(products), cancellationToken: Token);
        var catalog = SharedCatalog.VectorStore(Store, "drawn", o =>
        {
            foreach (var name in new[] { nameof(DrawnProduct.Price), nameof(DrawnProduct.Color), nameof(DrawnProduct.InStock), "Kind" })
                o.Attributes.Add(name);
        });
        await using var built = await new RecommenderBuilder().RankByCosine(o => o.Recall = 0.99)
            .BuildAsync(DrawnOf(products), catalog, cancellationToken: Token);
        await using var shared = await new RecommenderBuilder().OpenAsync<DrawnProduct>(catalog, Token);

        Assert.Equal((96, 96, 0, 0), (built.Report!.Items, built.Report.Computed, built.Report.Reused, built.Report.Removed));
        Assert.Contains("recall@10 1.000", shared.Describe(), StringComparison.Ordinal);
        var dear = products.Max(product => product.Price);
        foreach (var where in new[]
        {
            SharedFilter.Of<DrawnProduct>(product => product.Price < 50),
            SharedFilter.Of<DrawnProduct>(product => product.Price >= dear),
            SharedFilter.Of<DrawnProduct>(product => product.Color == "Teal" && product.InStock),
            SharedFilter.Of<DrawnProduct>(product => product.Kind == ProductKind.Mug || (product.Price > 100 && !product.InStock)),
            SharedFilter.Of<DrawnProduct>(product => product.Name.Length > 20 && product.Price <= 60),
            SharedFilter.Of<DrawnProduct>(product => product.Color == "no such color"),
            product => product.Brand == "Tamarin",
            product => product.Sku == products[77].Sku,
            product => true,
        })
        {
            foreach (var picture in strangers.Append(PictureOf(products[11])))
            {
                var options = new RecommendOptions<DrawnProduct> { Count = 10, Where = where };
                var wanted = await alone.RecommendAsync(picture, options, Token);
                var found = await shared.RecommendAsync(picture, options, Token);
                Assert.Equal(wanted.Select(answer => answer.Id), found.Select(answer => answer.Id));
                Assert.All(wanted.Zip(found), pair => Assert.Equal(pair.First.Score, pair.Second.Score, Rounding));
                Assert.Equal(wanted.Select(answer => answer.IsSamePicture), found.Select(answer => answer.IsSamePicture));
                Assert.Equal(Math.Min(10, products.Count(where)), found.Count);
            }
        }
    }

    [Fact]
    public async Task UpsertAndRemove_OnOneFrontEnd_AreSeenByAnother()
    {
        var catalog = Catalog("two");
        await using var first = await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token);
        await using var second = await Builder().OpenAsync<Product>(catalog, Token);
        var (point, moved) = (Point(1), Point(2));

        var report = await first.UpsertAsync(CatalogOf([new("new", "type-9", 5, point)]), cancellationToken: Token);
        Assert.Equal((61, 1, 0), (report.Items, report.Computed, report.Reused));
        var hit = (await second.RecommendAsync(VectorExtractor.Picture(point), 3, Token))[0];
        Assert.Equal(("new", 1f, true, 5m, "type-9"), (hit.Id, hit.Score, hit.IsSamePicture, hit.Item.Price, hit.Category));

        report = await second.UpsertAsync(CatalogOf([new("new", "type-9", 5, moved)]), cancellationToken: Token);
        Assert.Equal((61, 1, 0), (report.Items, report.Computed, report.Reused));
        report = await second.UpsertAsync(CatalogOf([new("new", "type-9", 7, moved)]), cancellationToken: Token);
        Assert.Equal((0, 1), (report.Computed, report.Reused));
        Assert.DoesNotContain(await first.RecommendAsync(VectorExtractor.Picture(point), 5, Token), answer => answer.IsSamePicture);
        hit = (await first.RecommendAsync(VectorExtractor.Picture(moved), 1, Token))[0];
        Assert.Equal(("new", 7m, true), (hit.Id, hit.Item.Price, hit.IsSamePicture));

        Assert.Equal(1, await first.RemoveAsync(["new", "new", "none"], Token));
        Assert.Equal(60, await second.CountAsync(Token));
        Assert.Empty(await second.GetAsync(["new"], Token));
        Assert.Equal(60, (await second.RecommendAsync(VectorExtractor.Picture(moved), 100, Token)).Count);
    }

    [Fact]
    public async Task Build_Again_ComputesWhatChangedAndRemovesWhatIsGone()
    {
        var catalog = Catalog("again");
        await (await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token)).DisposeAsync();
        var extractor = new VectorExtractor(Dimensions);
        var changed = s_products.Skip(10).Select((product, i) => i == 0 ? product with { Vector = Point(3) } : product).ToList();

        await using var engine = await Builder(extractor).BuildAsync(CatalogOf(changed), catalog, cancellationToken: Token);

        Assert.Single(extractor.Computed);
        Assert.Equal((50, 1, 49, 10), (engine.Report!.Items, engine.Report.Computed, engine.Report.Reused, engine.Report.Removed));
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => Builder(new VectorExtractor(Dimensions, "vector-2"))
            .BuildAsync(CatalogOf(changed), catalog, cancellationToken: Token));
        Assert.Contains("vector-2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_TwoWorkersAtOnce_OneFitsAndBothHoldTheWhole()
    {
        var catalog = Catalog("race");
        var engines = await Task.WhenAll(Enumerable.Range(0, 2)
            .Select(_ => Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token)));
        foreach (var engine in engines)
        {
            Assert.Equal(60, await engine.CountAsync(Token));
            Assert.Equal(60, (await engine.RecommendAsync(VectorExtractor.Picture(Point(5)), 100, Token)).Count);
            await engine.DisposeAsync();
        }
        var names = new List<string>();
        await foreach (var name in Store.ListCollectionNamesAsync(Token))
            if (name.StartsWith("race", StringComparison.Ordinal))
                names.Add(name);
        Assert.Equal(2, names.Count);
    }

    [Fact]
    public async Task Recommend_MoreItemsThanAPage_FewOfThemMatching_FindsThemAll()
    {
        var products = Product.Cloud(1500, Dimensions, seed: 3);
        await using var engine = await Builder().BuildAsync(CatalogOf(products), Catalog("many"), cancellationToken: Token);
        var answers = await engine.RecommendAsync(
            VectorExtractor.Picture(Point(6)), new RecommendOptions<Product> { Count = 10, Where = product => product.Price > 1494 },
            Token);
        Assert.Equal(["sku-1495", "sku-1496", "sku-1497", "sku-1498", "sku-1499"], answers.Select(answer => answer.Id).Order());
        Assert.Equal(1500, await engine.CountAsync(Token));
    }

    [Fact]
    public async Task Delete_ACatalog_LeavesNothingOfItAndAllOfOthers()
    {
        var (gone, kept) = (Catalog("gone", o => o.KeyType = typeof(Guid)), Catalog("kept"));
        await (await Builder().BuildAsync(CatalogOf(s_products), gone, cancellationToken: Token)).DisposeAsync();
        await using var other = await Builder().BuildAsync(CatalogOf(s_products.Take(7)), kept, cancellationToken: Token);
        await gone.DeleteAsync(Token);
        await gone.DeleteAsync(Token);
        await foreach (var name in Store.ListCollectionNamesAsync(Token))
            Assert.DoesNotContain("gone", name, StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<SharedCatalogException>(() => Builder().OpenAsync<Product>(gone, Token));
        Assert.StartsWith("There is no shared catalog 'gone' in this store.", error.Message, StringComparison.Ordinal);
        Assert.Equal(7, await other.CountAsync(Token));
    }

    private protected static RecommenderBuilder Builder(VectorExtractor? extractor = null) =>
        new RecommenderBuilder { FitSampleRows = 5000 }.UseExtractor(extractor ?? new VectorExtractor(Dimensions)).WithoutReduction()
            .WithoutClusters();

    private protected static ImageCatalog<Product> CatalogOf(IEnumerable<Product> products) =>
        products.ToCatalog(product => product.Sku, product => product.Picture, product => product.Type);

    private protected static float[] Point(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() * 2 - 1)];
    }

    private protected SharedCatalog Catalog(string name, Action<VectorStoreCatalogOptions>? configure = null) =>
        SharedCatalog.VectorStore(Store, name, configure);

    [Fact]
    public async Task RecommendAsync_PartThatTheCatalogHolds_IsTheSamePicture()
    {
        var products = DrawnCatalog.Create(6, seed: 3);
        await using var shared = await new RecommenderBuilder().BuildAsync(
            products.ToCatalog(product => product.Sku, PartOf), SharedCatalog.VectorStore(Store, "parts"), cancellationToken: Token);
        foreach (var product in products)
        {
            var hit = (await shared.RecommendAsync(PartOf(product), 1, Token))[0];
            Assert.Equal((product.Sku, 1f, true), (hit.Id, hit.Score, hit.IsSamePicture));
        }

        static ImageSource PartOf(DrawnProduct product) => PictureOf(product).Crop(new(0.25f, 0.25f, 0.5f, 0.5f));
    }

    private static ImageCatalog<DrawnProduct> DrawnOf(IEnumerable<DrawnProduct> products) =>
        products.ToCatalog(product => product.Sku, PictureOf, product => product.Category);

    private static ImageSource PictureOf(DrawnProduct product) => ImageSource.FromBytes(product.Draw(), product.Sku);
}
