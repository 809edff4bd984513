using DrawnProducts;
using ImageRec;

namespace Experiment;

/// <summary>Draws the products of a catalog, so that the sample needs no photos.</summary>
internal static class DrawnShop
{
    private const int Products = 360;

    public static ImageCatalog<CatalogItem> Draw(string folder)
    {
        Parallel.ForEach(DrawnCatalog.Create(Products), product =>
        {
            var file = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, product.Category)).FullName, $"{product.Sku}.jpg");
            if (!File.Exists(file))
                File.WriteAllBytes(file, product.Draw());
        });
        return ImageCatalog.FromFolder(folder);
    }
}
