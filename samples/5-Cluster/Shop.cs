using DrawnProducts;
using ImageRec;

namespace Cluster;

/// <summary>What all processes know of the shop: its products and where its catalog is.</summary>
internal static class Shop
{
    public static IReadOnlyList<DrawnProduct> Products { get; } = DrawnCatalog.Create(240);

    /// <summary>Names the catalog; this line is all that differs from a catalog in a file.</summary>
    public static SharedCatalog Catalog(string connection) => SharedCatalog.Redis(connection, "shop", options =>
    {
        options.Timeout = TimeSpan.FromSeconds(2);
        options.Attributes.Add(nameof(DrawnProduct.Price));
    });

    public static ImageCatalog<DrawnProduct> CatalogOf(IEnumerable<DrawnProduct> products) => products.ToCatalog(
        product => product.Sku, product => ImageSource.FromBytes(product.Draw(), product.Sku), product => product.Category);
}
