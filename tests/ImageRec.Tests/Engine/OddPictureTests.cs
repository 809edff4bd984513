namespace ImageRec.Tests.Engine;

/// <summary>Pictures whose source, selector or features fail: the item is named, the others are served.</summary>
public sealed class OddPictureTests : EngineTest
{
    private static readonly List<Product> s_products = Product.Cloud(12);

    public static TheoryData<Func<ImageSource>> Failures => new(
        () => ImageSource.FromStream(_ => throw new HttpRequestException("503 from the CDN")),
        () => ImageSource.FromStream(_ => throw new TaskCanceledException("time-out", new TimeoutException())),
        () => ImageSource.FromStream(_ => new((Stream)null!)),
        () => ImageSource.FromFile(""),
        () => ImageSource.FromFile("a\0b.jpg"),
        () => throw new TaskCanceledException("time-out"),
        () => throw new KeyNotFoundException("no such blob"),
        () => null!);

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task BuildAsync_PictureOfOneItemFails_ListsThatItem(Func<ImageSource> picture)
    {
        var catalog = s_products.ToCatalog(p => p.Sku, p => p.Sku == "sku-3" ? picture() : p.Picture, p => p.Type);
        await using var engine = await Builder().BuildAsync(catalog, FilePath, cancellationToken: Token);
        Assert.Equal(11, engine.Count);
        var left = Assert.Single(engine.Report!.Unreadable);
        Assert.Equal("sku-3", left.Id);
        Assert.NotEmpty(left.Reason);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task BuildAsync_PictureFailsAndUnreadableImagesThrow_NamesTheItem(Func<ImageSource> picture)
    {
        var catalog = s_products.ToCatalog(p => p.Sku, p => p.Sku == "sku-3" ? picture() : p.Picture);
        var builder = new RecommenderBuilder { UnreadableImages = UnreadableImages.Throw }.UseExtractor(new VectorExtractor())
            .WithoutReduction().WithoutClusters();
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => builder.BuildAsync(catalog, cancellationToken: Token));
        Assert.Contains("'sku-3'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task UpsertAsync_PictureOfOneItemFails_ListsThatItem(Func<ImageSource> picture)
    {
        await using var engine = await BuildAsync(s_products);
        var changed = Product.Cloud(3, seed: 8).ToCatalog(p => p.Sku, p => p.Sku == "sku-1" ? picture() : p.Picture, p => p.Type);
        Assert.Equal("sku-1", Assert.Single((await engine.UpsertAsync(changed, cancellationToken: Token)).Unreadable).Id);
    }

    [Fact]
    public async Task BuildAsync_IdSelectorThrows_SaysWhichItem()
    {
        var cause = new FormatException("no number");
        var catalog = s_products.ToCatalog(p => p.Sku == "sku-3" ? throw cause : p.Sku, p => p.Picture);
        var error = await Assert.ThrowsAsync<CatalogException>(() => Builder().BuildAsync(catalog, cancellationToken: Token));
        Assert.Contains("Item 4 of Product items", error.Message, StringComparison.Ordinal);
        Assert.Same(cause, error.InnerException);
    }

    [Fact]
    public async Task BuildAsync_CategorySelectorThrows_NamesTheItem()
    {
        var cause = new OperationCanceledException();
        var catalog = s_products.ToCatalog(p => p.Sku, p => p.Picture, p => p.Sku == "sku-3" ? throw cause : p.Type);
        var error = await Assert.ThrowsAsync<CatalogException>(() => Builder().BuildAsync(catalog, cancellationToken: Token));
        Assert.Contains("'sku-3'", error.Message, StringComparison.Ordinal);
        Assert.Same(cause, error.InnerException);
    }

    [Fact]
    public async Task BuildAsync_ListThrows_SaysAfterWhichItem()
    {
        var products = s_products.Select(p => p.Sku == "sku-3" ? throw new TimeoutException("the database is away") : p);
        var error = await Assert.ThrowsAsync<CatalogException>(() => BuildAsync(products));
        Assert.Contains("beyond item 3: TimeoutException: the database is away", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_ListCanceledByTheCaller_IsACancellation()
    {
        using var cancellation = new CancellationTokenSource();
        var products = s_products.Select(p =>
        {
            cancellation.Cancel();
            cancellation.Token.ThrowIfCancellationRequested();
            return p;
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Builder().BuildAsync(Catalog(products), cancellationToken: cancellation.Token));
    }

    [Fact]
    public async Task BuildAsync_FeaturesNotFinite_ListsTheItemAndStoresNothingOfIt()
    {
        var products = Product.Cloud(120);
        products.Insert(4, new Product("nan", null, 0, [1, float.NaN, 0]));
        products.Add(new Product("infinite", null, 0, [1, 1, float.NegativeInfinity]));
        await using (var engine = await BuildAsync(products, FilePath))
        {
            Assert.Equal(120, engine.Count);
            Assert.Equal(["infinite", "nan"], engine.Report!.Unreadable.Select(u => u.Id).Order(StringComparer.Ordinal));
            Assert.All(engine.Report.Unreadable, u => Assert.Contains("NaN or infinity", u.Reason, StringComparison.Ordinal));
        }
        await using var reopened = await Builder().OpenAsync<Product>(FilePath, Token);
        Assert.Equal(120, reopened.Count);
    }

    [Theory]
    [InlineData(5, 6)]
    [InlineData(100, 101)]
    public async Task BuildAsync_FeaturesOfMostNotFinite_FailsWithTheCounts(int good, int bad)
    {
        var products = Product.Cloud(good)
            .Concat(Enumerable.Range(0, bad).Select(i => new Product($"nan-{i}", null, 0, [float.NaN, 0, 0]))).ToList();
        var error = await Assert.ThrowsAsync<InvalidFeaturesException>(() => BuildAsync(products, builder: new RecommenderBuilder()));
        Assert.Contains($"{bad} of {good + bad} pictures", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_FeaturesOfHalfNotFinite_KeepsTheOthers()
    {
        var products = Product.Cloud(50)
            .Concat(Enumerable.Range(0, 50).Select(i => new Product($"nan-{i}", null, 0, [float.NaN, 0, 0]))).ToList();
        await using var engine = await BuildAsync(products, builder: new RecommenderBuilder());
        Assert.Equal(50, engine.Count);
    }

    [Fact]
    public async Task UpsertAsync_FeaturesNotFinite_KeepsTheItemAsItWas()
    {
        await using var engine = await BuildAsync(s_products);
        var report = await engine.UpsertAsync(Catalog([s_products[4] with { Vector = [1, float.NaN, 0] }]), cancellationToken: Token);
        Assert.Contains("NaN or infinity", Assert.Single(report.Unreadable).Reason, StringComparison.Ordinal);
        Assert.True(engine.TryGet("sku-4", out var kept));
        Assert.Same(s_products[4], kept);
    }

    [Fact]
    public async Task RecommendAsync_FeaturesNotFinite_IsAnError()
    {
        await using var engine = await BuildAsync(s_products);
        await Assert.ThrowsAsync<InvalidFeaturesException>(
            () => engine.RecommendAsync(VectorExtractor.Picture(1, float.NaN, 0), cancellationToken: Token));
    }

    private static Task<RecommendationEngine<Product>> BuildAsync(IEnumerable<Product> products, RecommenderBuilder builder) =>
        builder.UseExtractor(new VectorExtractor()).WithoutReduction().WithoutClusters()
            .BuildAsync(Catalog(products), cancellationToken: Token);
}
