using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore;

/// <summary>Products put in, replaced and taken out over HTTP, for those the app's policy lets.</summary>
internal sealed class ManageEndpoints<TItem>(
    VisualCatalog<TItem> catalog, ProductViews<TItem> views, UploadGate gate, ThumbnailStore<TItem> thumbnails, ManageGuard guard) : IEndpointGroup
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPut("/items/{**id}", PutAsync)
            .WithMetadata(RequestBody.Product)
            .WithName("ImageRec.Upsert").WithSummary("Add or replace a product")
            .WithDescription("A form with the product as JSON in the field 'item' and its picture as a file. Needs the app's ManagePolicy.")
            .ProducesProblems(400, 401, 403, 408, 413, 415, 422, 429, 503);
        routes.MapDelete("/items/{**id}", DeleteAsync)
            .WithName("ImageRec.Remove").WithSummary("Remove a product")
            .WithDescription("Needs the app's ManagePolicy.")
            .ProducesProblems(401, 403, 404, 503);
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
            // The form's bytes go back to the pool; the catalogue keeps its own until the app lists the product itself.
            var own = ImageSource.FromBytes(picture.Bytes.ToArray(), RecommendQuery.UploadName);
            if (catalog.Options.Save is { } save)
                await save(new(id, item, picture.Bytes), http.RequestAborted).ConfigureAwait(false);
            var products = new[] { item }.ToCatalog(catalog.Options.Id!, _ => own, catalog.Options.Category);
            var report = await engine.UpsertAsync(products, http.RequestAborted).ConfigureAwait(false);
            if (report.Unreadable is [var unreadable, ..])
                throw new UnreadableImageException(unreadable.Reason);
            catalog.Shelf.Put(item);
            thumbnails.Replace(id, catalog.Options.Save is null ? own : null);
            catalog.Board.Change(s => s with { Indexed = engine.Count });
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
        if (catalog.Options.Delete is { } delete)
            await delete(id, http.RequestAborted).ConfigureAwait(false);
        await engine.RemoveAsync(id, http.RequestAborted).ConfigureAwait(false);
        catalog.Shelf.Remove(id);
        thumbnails.Replace(id, null);
        catalog.Board.Change(s => s with { Indexed = engine.Count });
        return TypedResults.NoContent();
    }

    private TItem Parse(string json, string id)
    {
        TItem? item;
        try
        {
            item = JsonSerializer.Deserialize<TItem>(json, catalog.Options.Json);
        }
        catch (JsonException e)
        {
            throw Problem.BadBody($"The field 'item' is not the JSON of a product: {e.Message}");
        }
        if (item is null)
            throw Problem.BadBody("The field 'item' is null.");
        var own = catalog.Options.Id!(item);
        return own == id ? item : throw Problem.BadBody($"The address says '{id}', the product says '{own}'. Both must be the same.");
    }
}
