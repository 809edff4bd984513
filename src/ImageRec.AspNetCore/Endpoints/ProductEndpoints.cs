using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore;

/// <summary>The products: paged and filtered, one by one, and what they can be filtered by.</summary>
internal sealed class ProductEndpoints<TItem>(
    VisualCatalog<TItem> catalog, ProductViews<TItem> views, ProductFilters<TItem> filters, FacetCounter<TItem> facets) : IEndpointGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/items", List)
            .WithName("ImageRec.Items").WithSummary("The products, paged and filtered")
            .WithDescription("In catalogue order. Filters: category, search (words of the name) and every declared attribute, as in ?brand=Nordlys&price=10..50.")
            .WithListParameters()
            .ProducesProblems(400);
        routes.MapGet("/items/{**id}", One)
            .WithName("ImageRec.Item").WithSummary("One product")
            .ProducesProblems(404);
        routes.MapGet("/facets", () => TypedResults.Ok(facets.Count()))
            .WithName("ImageRec.Facets").WithSummary("What products can be filtered by");
    }

    private Ok<ProductPage> List(HttpContext http)
    {
        var query = http.Request.Query;
        var size = RecommendQuery.Integer(query, QueryNames.PageSize, 24, 1, catalog.Options.Limits.MaxCount);
        var page = RecommendQuery.Integer(query, QueryNames.Page, 1, 1, int.MaxValue);
        IReadOnlyList<TItem> matching = catalog.Shelf.All;
        if (filters.Read(query) is { } where)
            matching = [.. matching.Where(where)];
        var shown = (long)(page - 1) * size < matching.Count ? matching.Skip((page - 1) * size).Take(size) : [];
        return TypedResults.Ok(new ProductPage([.. shown.Select(item => views.View(http, item))], page, size, matching.Count));
    }

    private Ok<ProductView> One(HttpContext http, string id) => catalog.Shelf.TryGet(ProductIds.FromRoute(catalog, id), out var item)
        ? TypedResults.Ok(views.View(http, item))
        : throw Problem.NoSuchProduct(id);
}
