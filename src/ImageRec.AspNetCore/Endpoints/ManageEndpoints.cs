using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore;

/// <summary>Products put in, replaced and taken out over HTTP, for those the app's policy lets.</summary>
internal sealed class ManageEndpoints<TItem>(
    VisualCatalog<TItem> catalog, ProductViews<TItem> views, UploadGate gate, ThumbnailStore<TItem> thumbnails, ManageGuard guard,
    ProductChanges<TItem> changes) : IEndpointGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/items/{**id}", PutAsync)
            .WithMetadata(RequestBody.Product)
            .WithName("ImageRec.Upsert").WithSummary("Add or replace a product")
            .WithDescription("A form with the product as JSON in the field 'item' and its picture as a file. Needs the app's ManagePolicy.")
            .ProducesProblems(400, 401, 403, 408, 413, 415, 422, 429, 500, 503);
        routes.MapDelete("/items/{**id}", DeleteAsync)
            .WithName("ImageRec.Remove").WithSummary("Remove a product")
            .WithDescription("Needs the app's ManagePolicy.")
            .ProducesProblems(401, 403, 404, 500, 503);
    }

    private async Task<Ok<UpsertResult>> PutAsync(HttpContext http, string id)
    {
        await guard.AllowAsync(http).ConfigureAwait(false);
        var engine = catalog.Engine ?? throw Problem.NotReady(catalog.Status);
        id = ProductIds.FromRoute(catalog, id);
        var (json, picture) = await gate.ReceiveFormAsync(http, "item").ConfigureAwait(false);
        using (picture)
        {
            var item = Parse(json, id);
            using var turn = await gate.WorkAsync(http.RequestAborted).ConfigureAwait(false);
            // The form's bytes go back to the pool; the catalog keeps its own until the app lists the product itself.
            var own = ImageSource.FromBytes(picture.Bytes.ToArray(), RecommendQuery.UploadName);
            // Decoded and looked at as the index will do it, before the app stores what cannot be read.
            await engine.RecommendAsync(own, new() { Count = 1 }, http.RequestAborted).ConfigureAwait(false);
            await changes.PutAsync(engine, new(id, item, picture.Bytes), own, http.RequestAborted).ConfigureAwait(false);
            thumbnails.Replace(id, catalog.Options.Save is null ? own : null);
            return TypedResults.Ok(new UpsertResult(views.View(http, item), engine.Count));
        }
    }

    private async Task<NoContent> DeleteAsync(HttpContext http, string id)
    {
        await guard.AllowAsync(http).ConfigureAwait(false);
        var engine = catalog.Engine ?? throw Problem.NotReady(catalog.Status);
        id = ProductIds.FromRoute(catalog, id);
        if (!catalog.Shelf.TryGet(id, out _))
            throw Problem.NoSuchProduct(id);
        await changes.RemoveAsync(engine, id, http.RequestAborted).ConfigureAwait(false);
        thumbnails.Replace(id, null);
        return TypedResults.NoContent();
    }

    private TItem Parse(string json, string id)
    {
        TItem? item;
        try
        {
            item = JsonSerializer.Deserialize<TItem>(json, catalog.Options.Json);
        }
#pragma warning disable CA1031 // Besides JSON that is none, constructors and setters of the app's own type may throw anything.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw Problem.BadBody(e is JsonException
                ? $"The field 'item' is not the JSON of a product: {e.Message}"
                : "The field 'item' is JSON, but no product can be made of it.");
        }
        if (item is null)
            throw Problem.BadBody("The field 'item' is null.");
        var own = catalog.Reader.Id(item);
        return own == id ? item : throw Problem.BadBody($"The address says '{Problem.Short(id)}', the product says '{Problem.Short(own ?? "")}'. Both must be the same.");
    }
}
