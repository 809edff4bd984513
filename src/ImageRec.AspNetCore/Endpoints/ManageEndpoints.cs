using System.Text.Json;
using ImageRec.AspNetCore.Catalog;
using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.OpenApi;
using ImageRec.AspNetCore.Problems;
using ImageRec.AspNetCore.Thumbnails;
using ImageRec.AspNetCore.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Adds, replaces and removes products over HTTP, for users that the app's policy allows.</summary>
internal sealed class ManageEndpoints<TItem>(
    VisualCatalog<TItem> catalog, ProductViews<TItem> views, UploadGate gate, ThumbnailStore<TItem> thumbnails, ManageGuard guard,
    ProductChanges<TItem> changes) : IEndpointGroup
{
    private const string ItemField = "item";
    private readonly StrictJson _json = new(catalog.Options.Json);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/items/{**id}", PutAsync)
            .WithMetadata(RequestBody.Product, PathParameter.Id, new AnswerExample(OpenApiExamples.Upserted))
            .WithName("ImageRec.Upsert").WithSummary("Add or replace a product")
            .WithDescription(
                "The body is a form (multipart/form-data) with the product as JSON in the field 'item' and its picture as a file. "
                + "The picture is decoded, the app stores the product, then it is indexed. Needs the app's ManagePolicy.")
            .ProducesProblems(400, 401, 403, 408, 413, 415, 422, 429, 500, 503);
        routes.MapDelete("/items/{**id}", DeleteAsync)
            .WithMetadata(PathParameter.Id)
            .WithName("ImageRec.Remove").WithSummary("Remove a product")
            .WithDescription("The app removes it from its store, then it leaves the index. Needs the app's ManagePolicy.")
            .ProducesProblems(400, 401, 403, 404, 500, 503);
    }

    private async Task<Ok<UpsertResult>> PutAsync(HttpContext http, string? id)
    {
        await guard.AllowAsync(http).ConfigureAwait(false);
        var engine = catalog.RequireEngine();
        id = await ProductIds.FromRouteAsync(catalog, id, http.RequestAborted).ConfigureAwait(false);
        var (json, picture) = await gate.ReceiveFormAsync(http, ItemField).ConfigureAwait(false);
        using (picture)
        {
            var item = Parse(json, id);
            using var turn = await gate.WorkAsync(http.RequestAborted).ConfigureAwait(false);
            // The form's bytes go back to the pool; the catalog keeps its own until the app lists the product itself.
            var own = ImageSource.FromBytes(picture.Bytes.ToArray(), RecommendQuery.UploadName);
            // Decoded as it will be for the index, before the app stores what cannot be read.
            await engine.RecommendAsync(own, new() { Count = 1 }, http.RequestAborted).ConfigureAwait(false);
            var indexed = await changes.PutAsync(new(id, item, picture.Bytes), own, http.RequestAborted).ConfigureAwait(false);
            thumbnails.Replace(id, catalog.Options.Save is null ? own : null);
            return TypedResults.Ok(new UpsertResult(views.View(http, item), indexed));
        }
    }

    private async Task<NoContent> DeleteAsync(HttpContext http, string? id)
    {
        await guard.AllowAsync(http).ConfigureAwait(false);
        catalog.RequireEngine();
        id = await ProductIds.FromRouteAsync(catalog, id, http.RequestAborted).ConfigureAwait(false);
        await catalog.RequireAsync(id, http.RequestAborted).ConfigureAwait(false);
        await changes.RemoveAsync(id, http.RequestAborted).ConfigureAwait(false);
        thumbnails.Replace(id, null);
        return TypedResults.NoContent();
    }

    private TItem Parse(ReadOnlyMemory<byte> json, string id)
    {
        TItem? item;
        try
        {
            item = _json.Read<TItem>(json);
        }
        catch (Exception e) when (e is not Problem)
        {
            // Besides what is no JSON, constructors and setters of the app's own type may throw anything.
            throw Problem.BadBody(e is JsonException
                ? $"The field '{ItemField}' is not the JSON of a product: {e.Message}"
                : $"The field '{ItemField}' is JSON, but no product can be created from it.");
        }
        if (item is null)
            throw Problem.BadBody($"The field '{ItemField}' is null.");
        var own = catalog.Reader.Id(item);
        if (own == id)
            return item;
        throw Problem.BadBody(
            $"The id in the address is '{Problem.Short(id)}', that of the product is '{Problem.Short(own ?? "")}'. Both must be the same.");
    }
}
