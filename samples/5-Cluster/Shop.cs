using DrawnProducts;
using ImageRec;

namespace Cluster;

/// <summary>What all processes know of the shop: its products and where its catalog is.</summary>
internal static class Shop
{
    public static IReadOnlyList<DrawnProduct> Products { get; } = DrawnCatalog.Create(240);

    /// <summary>Names the catalog; this line is all that differs from a catalog in a file.</summary>
    /// <param name="connection">The servers.</param>
    /// <param name="patience">How long a command may wait for a server that is away or busy.</param>
    public static SharedCatalog Catalog(string connection, TimeSpan patience) => SharedCatalog.Redis(connection, "shop", options =>
    {
        options.Timeout = patience;
        options.Attributes.Add(nameof(DrawnProduct.Price));
    });

    public static ImageCatalog<DrawnProduct> CatalogOf(IEnumerable<DrawnProduct> products) => products.ToCatalog(
        product => product.Sku, product => ImageSource.FromBytes(product.Draw(), product.Sku), product => product.Category);
}
