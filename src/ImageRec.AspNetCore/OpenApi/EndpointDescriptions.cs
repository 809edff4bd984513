using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ImageRec.AspNetCore;

/// <summary>What the endpoints declare for the OpenAPI document.</summary>
internal static class EndpointDescriptions
{
    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }

    public static RouteHandlerBuilder WithRecommendParameters(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(
        new QueryParameter(QueryNames.Count, "integer", "How many products, 1 to 100; 5 unless given.", "5"),
        new QueryParameter(QueryNames.MinScore, "number", "Least cosine similarity, -1 to 1; no limit unless given.", "0.5"),
        new QueryParameter(QueryNames.Diversity, "number", "0 ranks by similarity alone; up to 1, answers also differ from each other (maximal marginal relevance).", "0.3"),
        new QueryParameter(QueryNames.AtMostPer, "string", "At most so many answers with one value of a property.", "category:2"),
        new QueryParameter(QueryNames.Search, "string", "Words that the name contains.", "striped red"),
        AttributeFilters.Instance,
        new QueryParameter(QueryNames.Category, "string", "Only this category; several times for any of several.", "Dress", Repeats: true));

    public static RouteHandlerBuilder WithPageParameters(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(
        new QueryParameter(QueryNames.Page, "integer", "Number of the page, 1 or more; 1 unless given.", "1"),
        new QueryParameter(QueryNames.PageSize, "integer", "Products a page, 1 to 100; 24 unless given.", "24"));

    public static RouteHandlerBuilder WithListParameters(this RouteHandlerBuilder endpoint) => endpoint.WithPageParameters().WithMetadata(
        AttributeFilters.Instance,
        new QueryParameter(QueryNames.Category, "string", "Only this category; several times for any of several.", "Dress", Repeats: true),
        new QueryParameter(QueryNames.Search, "string", "Words that the name contains.", "striped red"));
}
