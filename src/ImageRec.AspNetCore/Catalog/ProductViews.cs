using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore;

/// <summary>Shows the app's products the way the endpoints answer them.</summary>
internal sealed class ProductViews<TItem>(ImageRecOptions<TItem> options, LinkGenerator links)
{
    public const string ThumbnailRoute = "ImageRec.Thumbnail";

    public ProductView View(HttpContext http, TItem item)
    {
        var id = options.Id!(item);
        return new()
        {
            Id = id,
            Name = options.Name?.Invoke(item) ?? id,
            Category = options.Category?.Invoke(item),
            Attributes = options.Attributes.ToDictionary(a => a.Name, a => Plain(a.Value(item)), StringComparer.Ordinal),
            Thumbnail = Address(http, id, 320),
            Picture = Address(http, id, 640),
        };
    }

    private string Address(HttpContext http, string id, int size) =>
        links.GetPathByName(http, ThumbnailRoute, new RouteValueDictionary { ["size"] = size, ["id"] = id }) ?? "";

    private static object? Plain(object? value) => value is string or bool ? value : ProductFilter<TItem>.Number(value) is not null ? value : ProductFilter<TItem>.Text(value);
}
