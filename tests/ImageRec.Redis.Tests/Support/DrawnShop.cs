using System.Collections.Concurrent;
using DrawnProducts;

namespace ImageRec.Redis.Tests.Support;

/// <summary>
/// One server, one catalog of drawn products on it and the same one in this process: made once, for tests that change neither.
/// </summary>
public sealed class DrawnShop : IAsyncLifetime
{
    private static readonly ConcurrentDictionary<(string, int), byte[]> s_drawn = new();
    private GarnetProcess? _server;

    internal static IReadOnlyList<DrawnProduct> Products { get; } = DrawnCatalog.Create(144, seed: 5);

    /// <summary>Pictures that are not in the catalog.</summary>
    internal static IReadOnlyList<ImageSource> Strangers { get; } = [.. DrawnCatalog.Create(12, seed: 99).Select(PictureOf)];

    /// <summary>Draws a product's picture once.</summary>
    internal static ImageSource PictureOf(DrawnProduct product) =>
        ImageSource.FromBytes(s_drawn.GetOrAdd((product.Sku, product.Variation), _ => product.Draw()), product.Sku);

    internal string Address => _server!.Address;

    internal RecommendationEngine<DrawnProduct> Alone { get; private set; } = null!;

    internal SharedRecommendationEngine<DrawnProduct> Shared { get; private set; } = null!;

    internal SharedCatalog Catalog { get; private set; } = null!;

    internal static ImageCatalog<DrawnProduct> CatalogOf(IEnumerable<DrawnProduct> products) =>
        products.ToCatalog(product => product.Sku, PictureOf, product => product.Category);

    public async ValueTask InitializeAsync()
    {
        _server = await GarnetProcess.StartAsync();
        Catalog = SharedCatalog.Redis(Address, "drawn", o =>
        {
            o.Timeout = TimeSpan.FromSeconds(30);
            foreach (var name in new[] { nameof(DrawnProduct.Price), nameof(DrawnProduct.Color), nameof(DrawnProduct.InStock), "Kind" })
                o.Attributes.Add(name);
        });
        Alone = await new RecommenderBuilder().BuildAsync(CatalogOf(Products));
        Shared = await new RecommenderBuilder().RankByCosine(o => o.Recall = 0.99).BuildAsync(CatalogOf(Products), Catalog);
    }

    public async ValueTask DisposeAsync()
    {
        if (Shared is not null)
            await Shared.DisposeAsync();
        if (Alone is not null)
            await Alone.DisposeAsync();
        if (_server is not null)
            await _server.DisposeAsync();
    }
}
