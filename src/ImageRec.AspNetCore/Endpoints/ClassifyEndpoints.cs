using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.OpenApi;
using ImageRec.AspNetCore.Options;
using ImageRec.AspNetCore.Problems;
using ImageRec.AspNetCore.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Classifies pictures by the catalog's own categories.</summary>
internal sealed class ClassifyEndpoints<TItem>(VisualCatalog<TItem> catalog, UploadGate gate) : IEndpointGroup
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapPost("/classifications", (Delegate)ClassifyAsync)
        .WithMetadata(RequestBody.Picture, new AnswerExample(OpenApiExamples.Classifications))
        .WithName("ImageRec.Classify").WithSummary("The categories of a picture")
        .WithDescription("Most probable first. The catalog has to be built with LearnCategories.")
        .WithMetadata(
            new QueryParameter(QueryNames.Count, "integer", "Number of categories, 1 to 100; 5 by default.", "5"),
            EndpointDescriptions.Region)
        .ProducesProblems(400, 408, 413, 415, 422, 429, 501, 503);

    private async Task<Ok<Classification[]>> ClassifyAsync(HttpContext http)
    {
        if (catalog.RequireEngine() is not RecommendationEngine<TItem> { Categories.Categories.Count: > 0 } engine)
            throw Problem.NoClassifier();
        var count = RecommendQuery.Integer(http.Request.Query, QueryNames.Count, 5, 1, catalog.Options.Limits.MaxCount);
        var picture = RecommendQuery.Picture(http.Request.Query);
        using var upload = await gate.ReceiveAsync(http).ConfigureAwait(false);
        using var turn = await gate.WorkAsync(http.RequestAborted).ConfigureAwait(false);
        var predictions = await engine.ClassifyAsync(picture(upload.Bytes), http.RequestAborted).ConfigureAwait(false);
        return TypedResults.Ok(predictions.Take(count).Select(p => new Classification(p.Category, p.Probability)).ToArray());
    }
}
