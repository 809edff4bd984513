using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ImageRec.AspNetCore;

/// <summary>The products' pictures in a few sizes.</summary>
internal sealed class ThumbnailEndpoints<TItem>(VisualCatalog<TItem> catalog, ThumbnailStore<TItem> thumbnails) : IEndpointGroup
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/thumbnails/{size:int}/{**id}", GetAsync)
        .WithName(ProductViews<TItem>.ThumbnailRoute).WithSummary("A product's picture, at most so many pixels wide and high")
        .WithDescription($"Sizes: {string.Join(", ", ThumbnailStore<TItem>.Sizes)}. Answers 304 when If-None-Match names the picture's ETag.")
        .WithMetadata(AnyQuery.Instance)
        .Produces(200, contentType: "image/jpeg").Produces(304)
        .ProducesProblems(400, 404, 422);

    private async Task<IResult> GetAsync(HttpContext http, int size, string id)
    {
        if (!ThumbnailStore<TItem>.Sizes.Contains(size))
            throw Problem.BadQuery("size", size.ToString(System.Globalization.CultureInfo.InvariantCulture), $"one of {string.Join(", ", ThumbnailStore<TItem>.Sizes)}");
        id = ProductIds.FromRoute(catalog, id);
        if (!catalog.Shelf.TryGet(id, out var item))
            throw Problem.NoSuchProduct(id);
        var thumbnail = await thumbnails.GetAsync(id, item, size, http.RequestAborted).ConfigureAwait(false);
        var headers = http.Response.GetTypedHeaders();
        headers.CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = Fresh };
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Bytes(thumbnail.Bytes, "image/jpeg", entityTag: new EntityTagHeaderValue(thumbnail.ETag));
    }
}
