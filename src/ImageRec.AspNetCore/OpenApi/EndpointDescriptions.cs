using ImageRec.AspNetCore.Options;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace ImageRec.AspNetCore.OpenApi;

/// <summary>What endpoints declare for the OpenAPI document.</summary>
internal static class EndpointDescriptions
{
    private static readonly QueryParameter s_category =
        new(QueryNames.Category, "string", "Only products of this category; repeat it for any of several.", "Dress") { Repeats = true };

    private static readonly QueryParameter s_search = new(QueryNames.Search, "string", "Words that the name contains.", "striped red");

    /// <summary>The part of an uploaded picture.</summary>
    public static readonly QueryParameter Region = new(
        QueryNames.Region, "string",
        "The part of the picture to look at: x,y,width,height in fractions of the upright picture, 0 to 1; all of it by default.",
        "0.25,0.1,0.5,0.8");

    /// <summary>The parameter that filters by an attribute.</summary>
    public static QueryParameter Attribute(string name) =>
        new(name, "string", $"Only products with this {name}, or with one in this range; repeat it for any of several.", "10..50")
        {
            Repeats = true,
        };

    public static RouteHandlerBuilder ProducesProblems(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint;
    }

    public static RouteHandlerBuilder WithRecommendParameters(this RouteHandlerBuilder endpoint, IReadOnlyList<string> attributes) =>
        endpoint.WithMetadata(
            new AnswerExample(OpenApiExamples.Recommendations),
            new QueryParameter(QueryNames.Count, "integer", "Number of products, 1 to 100; 5 by default.", "5"),
            new QueryParameter(QueryNames.MinScore, "number", "Least cosine similarity, -1 to 1; no limit by default.", "0.5"),
            new QueryParameter(
                QueryNames.Diversity, "number",
                "0, the default, ranks by similarity alone; up to 1, products also differ from each other (maximal marginal relevance).",
                "0.3"),
            new QueryParameter(QueryNames.AtMostPer, "string", "Most products with the same value of a property.", "category:2"),
            new QueryParameter(
                QueryNames.Rules, "string", "Name of rules that the shop has set; those named default hold when none is given.", "default"),
            s_search, s_category, new AttributeFilters(attributes));

    public static RouteHandlerBuilder WithPageParameters(this RouteHandlerBuilder endpoint) => endpoint.WithMetadata(
        new QueryParameter(QueryNames.Page, "integer", "1-based number of the page; 1 by default.", "1"),
        new QueryParameter(QueryNames.PageSize, "integer", "Products per page, 1 to 100; 24 by default.", "24"));

    public static RouteHandlerBuilder WithListParameters(this RouteHandlerBuilder endpoint, IReadOnlyList<string> attributes) =>
        endpoint.WithPageParameters().WithMetadata(s_search, s_category, new AttributeFilters(attributes));
}
