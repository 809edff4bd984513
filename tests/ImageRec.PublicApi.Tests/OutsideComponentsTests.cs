using ImageRec.Contracts;
using ImageRec.PublicApi.Tests.Outside;

namespace ImageRec.PublicApi.Tests;

/// <summary>An engine whose every component comes from outside the library, from the build to a reopened file.</summary>
public sealed class OutsideComponentsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("imagerec-outside-").FullName;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private string CatalogFile => Path.Combine(_folder, "shop.imagerec");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task BuildAndOpen_EveryComponentFromOutside_AnswersAlike()
    {
        using var extractor = new ColorHistogramExtractor();
        IReadOnlyList<Recommendation<Product>> built;
        await using (var shop = await Builder(extractor).BuildAsync(Catalog(30), CatalogFile, cancellationToken: Token))
        {
            Assert.Equal(30, shop.Count);
            Assert.Equal(12, shop.Dimensions);
            Assert.Contains("colors(64) -> random(12) -> leader(", shop.Describe(), StringComparison.Ordinal);
            Assert.EndsWith("-> brute force", shop.Describe(), StringComparison.Ordinal);
            Assert.Equal(30, (await shop.GetClustersAsync(Token)).Sum(cluster => cluster.Size));
            built = await shop.RecommendAsync(SamplePictures.Drawn(7), 5, Token);
        }

        await using var reopened = await Builder(extractor).OpenAsync<Product>(CatalogFile, Token);
        var answers = await reopened.RecommendAsync(SamplePictures.Drawn(7), 5, Token);

        Assert.Equal(5, answers.Count);
        Assert.Equal("sku-7", answers[0].Id);
        Assert.Equal(7, answers[0].Item.Number);
        Assert.Equal(1, answers[0].Score);
        Assert.Equal(built.Select(hit => (hit.Id, hit.Score)), answers.Select(hit => (hit.Id, hit.Score)));
    }

    [Fact]
    public async Task Open_AnotherReducerThanItWasBuiltWith_NamesBoth()
    {
        using var extractor = new ColorHistogramExtractor();
        await (await Builder(extractor).BuildAsync(Catalog(5), CatalogFile, cancellationToken: Token)).DisposeAsync();
        var other = new RecommenderBuilder().UseExtractor(extractor).WithoutReduction().UseClusterer(new LeaderClusterer(0.9f));

        var error = await Record.ExceptionAsync(async () => await (await other.OpenAsync<Product>(CatalogFile, Token)).DisposeAsync());

        Assert.NotNull(error);
        Assert.Contains("random(12)", error.Message, StringComparison.Ordinal);
        Assert.Contains("none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_PersistentRecommenderFromOutside_LoadsWhatItSaved()
    {
        using var extractor = new ColorHistogramExtractor();
        var made = new List<PivotRecommender>();
        await (await PivotBuilder(extractor, made).BuildAsync(Catalog(30), CatalogFile, cancellationToken: Token)).DisposeAsync();

        await using var reopened = await PivotBuilder(extractor, made).OpenAsync<Product>(CatalogFile, Token);

        Assert.False(made[0].IsLoaded);
        Assert.True(made[^1].IsLoaded);
        Assert.Equal(30, made[^1].Count);
        Assert.Equal("sku-7", (await reopened.RecommendAsync(SamplePictures.Drawn(7), 1, Token))[0].Id);
    }

    [Fact]
    public async Task Change_EngineOfOutsideComponents_IsSeenByQueries()
    {
        using var extractor = new ColorHistogramExtractor();
        await using var shop = await Builder(extractor).BuildAsync(Catalog(10), cancellationToken: Token);

        await shop.RemoveAsync("sku-3", Token);
        await shop.UpsertAsync(Catalog(12), cancellationToken: Token);

        Assert.Equal(12, shop.Count);
        Assert.Equal("sku-11", (await shop.RecommendAsync(SamplePictures.Drawn(11), 1, Token))[0].Id);
    }

    private static RecommenderBuilder Builder(ColorHistogramExtractor extractor) =>
        WithoutRecommender(extractor).UseRecommender(() => new BruteForceRecommender(), "brute force");

    private static RecommenderBuilder PivotBuilder(ColorHistogramExtractor extractor, List<PivotRecommender> made) =>
        WithoutRecommender(extractor).UseRecommender(
            () =>
            {
                made.Add(new PivotRecommender());
                return made[^1];
            },
            "pivot");

    private static RecommenderBuilder WithoutRecommender(ColorHistogramExtractor extractor) => new RecommenderBuilder { Seed = 5 }
        .UseExtractor(extractor)
        .UseReducer(new RandomProjectionReducer(12))
        .UseClusterer(new LeaderClusterer(0.9f));

    private static ImageCatalog<Product> Catalog(int count) => Enumerable.Range(0, count)
        .Select(number => new Product($"sku-{number}", number))
        .ToCatalog(
            product => product.Sku, product => SamplePictures.Drawn(product.Number), product => product.Number % 2 == 0 ? "even" : "odd");

    private sealed record Product(string Sku, int Number);
}
