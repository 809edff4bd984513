using ImageRec.AspNetCore.Catalog;
using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Filters;
using ImageRec.AspNetCore.Thumbnails;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Turns the app's products into those of the responses.</summary>
internal sealed class ProductViews<TItem>(ImageRecOptions<TItem> options, ProductReader<TItem> reader, LinkGenerator links)
{
    public const string ThumbnailRoute = "ImageRec.Thumbnail";

    public ProductView View(HttpContext http, TItem item)
    {
        var id = reader.Id(item) ?? "";
        return new()
        {
            Id = id,
            Name = reader.Name(item),
            Category = reader.Category(item),
            Attributes = options.Attributes.ToDictionary(
                a => a.Name, a => FieldValue.Plain(ProductReader<TItem>.Value(a, item)), StringComparer.Ordinal),
            Thumbnail = Address(http, id, 320),
            Picture = Address(http, id, 640),
        };
    }

    public ProductPage Page(HttpContext http, IReadOnlyList<TItem> items, int page, int size)
    {
        var shown = (long)(page - 1) * size < items.Count ? items.Skip((page - 1) * size).Take(size) : [];
        return new([.. shown.Select(item => View(http, item))], page, size, items.Count);
    }

    private string Address(HttpContext http, string id, int size)
    {
        // The picture's address has the prefix of the request.
        var name = ThumbnailRoute + http.GetEndpoint()?.Metadata.GetMetadata<CatalogMapping>()?.Suffix;
        return links.GetPathByName(http, name, new RouteValueDictionary { ["size"] = size, ["id"] = id }) ?? "";
    }
}
