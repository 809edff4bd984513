using ImageRec.Features;
using ImageRec.Tests.Engine;

namespace ImageRec.Redis.Tests.Support;

/// <summary>Short forms for shared catalogs of <see cref="Product"/>, whose "pictures" are a few numbers.</summary>
public abstract class SharedTest
{
    private protected const int Dimensions = 8;

    private protected static CancellationToken Token => TestContext.Current.CancellationToken;

    private protected static RecommenderBuilder Builder(IFeatureExtractor? extractor = null) =>
        new RecommenderBuilder { FitSampleRows = 5000 }.UseExtractor(extractor ?? new VectorExtractor(Dimensions)).WithoutReduction()
            .WithoutClusters();

    private protected static ImageCatalog<Product> CatalogOf(IEnumerable<Product> products) =>
        products.ToCatalog(product => product.Sku, product => product.Picture, product => product.Type);

    private protected static SharedCatalog Catalog(string address, string name, Action<SharedCatalogOptions>? configure = null) =>
        SharedCatalog.Redis(address, name, options =>
        {
            options.Timeout = TimeSpan.FromSeconds(20);
            configure?.Invoke(options);
        });

    private protected static float[] Point(int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, Dimensions).Select(_ => random.NextSingle() * 2 - 1)];
    }
}
