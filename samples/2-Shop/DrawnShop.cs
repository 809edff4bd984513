using DrawnProducts;
using ImageRec;

namespace Shop;

/// <summary>A shop over drawn products: each is drawn when its picture is first needed, and kept as a file for the next start.</summary>
internal static class DrawnShop
{
    private const int Products = 240;

    public static IServiceCollection AddDrawnShop(this IServiceCollection services, string? network = null)
    {
        var pictures = Directory.CreateDirectory(Path.Combine(ShopFolder.Root, "drawn")).FullName;
        return services.AddImageRec<DrawnProduct>(options =>
        {
            options.Products = _ => DrawnCatalog.Create(Products);
            options.Id = product => product.Sku;
            options.Name = product => product.Name;
            options.Category = product => product.Category;
            options.Image = product => ImageSource.FromStream(_ => ValueTask.FromResult<Stream>(Open(product, pictures)), product.Sku);
            options.Attribute("color", product => product.Color)
                .Attribute("pattern", product => product.Pattern.ToString())
                .Attribute("brand", product => product.Brand)
                .Attribute("price", product => product.Price)
                .Attribute("inStock", product => product.InStock);
            // What the shop wants besides likeness: what can be bought comes first.
            options.Rules("default", new Rules<DrawnProduct>().Boost("sold out goes last", product => !product.InStock, -0.2f));
            options.CatalogFile = ShopFolder.CatalogFile("drawn", network);
            options.Builder = () => ShopNetwork.Builder(network);
            options.ManagePolicy = LocalOnly.Policy;
        });
    }

    private static FileStream Open(DrawnProduct product, string folder)
    {
        var file = Path.Combine(folder, $"{product.Sku}.jpg");
        if (!File.Exists(file))
        {
            // Written aside and moved, so that nobody reads half a picture.
            var unfinished = $"{file}.{Guid.NewGuid():N}";
            File.WriteAllBytes(unfinished, product.Draw());
            File.Move(unfinished, file, overwrite: true);
        }
        return File.OpenRead(file);
    }
}
