using System.Globalization;
using ImageRec.AspNetCore.OpenApi;
using ImageRec.AspNetCore.Problems;
using ImageRec.AspNetCore.Thumbnails;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>The products' pictures in a few sizes.</summary>
internal sealed class ThumbnailEndpoints<TItem>(VisualCatalog<TItem> catalog, ThumbnailStore<TItem> thumbnails) : IEndpointGroup
{
    private static readonly TimeSpan s_fresh = TimeSpan.FromMinutes(10);
    private static readonly string s_sizes = string.Join(", ", ThumbnailStore<TItem>.Sizes);

    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/thumbnails/{size}/{**id}", GetAsync)
        .WithName(ProductViews<TItem>.ThumbnailRoute).WithSummary("A product's picture as a thumbnail")
        .WithDescription("A JPEG. The response is 304 when If-None-Match has the picture's ETag.")
        .WithMetadata(AnyQuery.Instance, PathParameter.Id)
        .WithMetadata(new PathParameter("size", "integer", $"Largest width and height in pixels: {s_sizes}.", "320"))
        .Produces(200, contentType: "image/jpeg").Produces(304)
        .ProducesProblems(400, 404, 422, 503);

    private async Task<IResult> GetAsync(HttpContext http, string size, string? id)
    {
        if (!int.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out var pixels)
            || !ThumbnailStore<TItem>.Sizes.Contains(pixels))
            throw Problem.BadQuery("size", size, $"one of {s_sizes}");
        id = await ProductIds.FromRouteAsync(catalog, id, http.RequestAborted).ConfigureAwait(false);
        var item = await catalog.RequireAsync(id, http.RequestAborted).ConfigureAwait(false);
        var thumbnail = await thumbnails.GetAsync(id, item, pixels, http.RequestAborted).ConfigureAwait(false);
        var headers = http.Response.GetTypedHeaders();
        headers.CacheControl = new CacheControlHeaderValue { Public = true, MaxAge = s_fresh };
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Bytes(thumbnail.Bytes, "image/jpeg", entityTag: new EntityTagHeaderValue(thumbnail.ETag));
    }
}
