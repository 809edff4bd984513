using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Filters;
using ImageRec.AspNetCore.OpenApi;
using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>The products, in filtered pages and one by one, and what they can be filtered by.</summary>
internal sealed class ProductEndpoints<TItem>(
    VisualCatalog<TItem> catalog, ProductViews<TItem> views, ProductFilters<TItem> filters, FacetCounter<TItem> facets) : IEndpointGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/items", List)
            .WithName("ImageRec.Items").WithSummary("The products, in filtered pages").WithMetadata(new AnswerExample(OpenApiExamples.Page))
            .WithDescription(
                "In catalog order. Filters are category, search (words of the name) and attributes, as in ?brand=Nordlys&price=10..50.")
            .WithListParameters(filters.Attributes)
            .ProducesProblems(400, 501);
        routes.MapGet("/items/{**id}", OneAsync)
            .WithName("ImageRec.Item").WithSummary("One product").WithMetadata(PathParameter.Id, new AnswerExample(OpenApiExamples.Product))
            .WithDescription("As it is listed, whether or not it is indexed yet.")
            .ProducesProblems(400, 404, 503);
        routes.MapGet("/facets", Count)
            .WithName("ImageRec.Facets").WithSummary("What products can be filtered by")
            .WithMetadata(new AnswerExample(OpenApiExamples.Facets))
            .WithDescription("The categories and the values or ranges of the declared attributes, with their numbers of products.")
            .ProducesProblems(400, 501);
    }

    private Ok<ProductPage> List(HttpContext http)
    {
        var (page, size) = RecommendQuery.Page(http.Request.Query, catalog.Options.Limits);
        if (!catalog.IsListed)
            throw Problem.NotListed();
        IReadOnlyList<TItem> matching = catalog.Shelf.All;
        if (filters.Read(http.Request.Query) is { } where)
            matching = [.. matching.Where(where)];
        return TypedResults.Ok(views.Page(http, matching, page, size));
    }

    private async Task<Ok<ProductView>> OneAsync(HttpContext http, string? id)
    {
        id = await ProductIds.FromRouteAsync(catalog, id, http.RequestAborted).ConfigureAwait(false);
        return TypedResults.Ok(views.View(http, await catalog.RequireAsync(id, http.RequestAborted).ConfigureAwait(false)));
    }

    private Ok<Facets> Count() => catalog.IsListed ? TypedResults.Ok(facets.Count()) : throw Problem.NotListed();
}
