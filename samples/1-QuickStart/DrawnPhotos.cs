using DrawnProducts;

namespace QuickStart;

/// <summary>Draws a shop's pictures into a folder, so that the sample needs no photos.</summary>
internal static class DrawnPhotos
{
    private const int Products = 204;

    /// <summary>Draws what is not there yet: one folder a category, one file a product.</summary>
    /// <returns>The folder.</returns>
    public static string Draw(string folder)
    {
        Parallel.ForEach(DrawnCatalog.Create(Products), product =>
        {
            var category = Directory.CreateDirectory(Path.Combine(folder, product.Category)).FullName;
            var file = Path.Combine(category, $"{product.Name} {product.Sku[^3..]}.jpg");
            if (!File.Exists(file))
                File.WriteAllBytes(file, product.Draw());
        });
        return folder;
    }
}
