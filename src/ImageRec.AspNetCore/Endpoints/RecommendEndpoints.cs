using System.Diagnostics;
using System.Text.Json;
using ImageRec.Answering;
using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Filters;
using ImageRec.AspNetCore.Observability;
using ImageRec.AspNetCore.OpenApi;
using ImageRec.AspNetCore.Problems;
using ImageRec.AspNetCore.Uploads;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Recommends by picture, by product and by liked and disliked products.</summary>
internal sealed class RecommendEndpoints<TItem>(
    VisualCatalog<TItem> catalog, ProductViews<TItem> views, ProductFilters<TItem> filters, UploadGate gate, CatalogMetrics metrics)
    : IEndpointGroup
{
    private const int MostIds = 100;
    private const int MostBytes = 256 * 1024;
    private const string ExpectedBody = """Send JSON (application/json) such as { "liked": ["a", "b"], "disliked": ["c"] }.""";
    private static readonly StrictJson s_json = new(ContractJson.Default.Options);

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/recommendations", (Delegate)ByPictureAsync)
            .WithMetadata(RequestBody.Picture, EndpointDescriptions.Region)
            .WithName("ImageRec.RecommendByPicture").WithSummary("Products similar to a picture")
            .WithDescription("The body is the picture, or a form with it as a file. Its format is found from its bytes. It is not stored.")
            .WithRecommendParameters(filters.Attributes)
            .ProducesProblems(400, 408, 413, 415, 422, 429, 503);
        routes.MapGet("/recommendations/{**id}", ByProductAsync)
            .WithMetadata(PathParameter.Id)
            .WithName("ImageRec.RecommendByProduct").WithSummary("Products similar to a product")
            .WithDescription("The product itself is not among them.")
            .WithRecommendParameters(filters.Attributes)
            .ProducesProblems(400, 404, 409, 503);
        routes.MapPost("/recommendations/like", (Delegate)ByTasteAsync)
            .WithMetadata(RequestBody.Taste)
            .WithName("ImageRec.RecommendByTaste").WithSummary("Products similar to some and different from others")
            .WithDescription(
                "Near to the mean of the liked products and away from the mean of the disliked ones (Rocchio 1971). "
                + "None of the given products is among them.")
            .WithRecommendParameters(filters.Attributes)
            .ProducesProblems(400, 404, 409, 413, 415, 503);
    }

    private async Task<Ok<RecommendationList>> ByPictureAsync(HttpContext http)
    {
        var clock = Stopwatch.GetTimestamp();
        var engine = catalog.RequireEngine();
        var options = RecommendQuery.Read(http.Request.Query, catalog, filters);
        var picture = RecommendQuery.Picture(http.Request.Query);
        using var upload = await gate.ReceiveAsync(http).ConfigureAwait(false);
        using var turn = await gate.WorkAsync(http.RequestAborted).ConfigureAwait(false);
        var hits = await engine.RecommendAsync(picture(upload.Bytes), options, http.RequestAborted).ConfigureAwait(false);
        return Respond(http, clock, "picture", hits);
    }

    private async Task<Ok<RecommendationList>> ByProductAsync(HttpContext http, string? id)
    {
        var clock = Stopwatch.GetTimestamp();
        var engine = catalog.RequireEngine();
        var options = RecommendQuery.Read(http.Request.Query, catalog, filters);
        var liked = await ProductIds.FromRouteAsync(catalog, id, http.RequestAborted).ConfigureAwait(false);
        var hits = await LikeAsync(engine, [liked], [], options, http.RequestAborted).ConfigureAwait(false);
        return Respond(http, clock, "product", hits);
    }

    private async Task<Ok<RecommendationList>> ByTasteAsync(HttpContext http)
    {
        var clock = Stopwatch.GetTimestamp();
        var engine = catalog.RequireEngine();
        var options = RecommendQuery.Read(http.Request.Query, catalog, filters);
        var taste = await ReadTasteAsync(http).ConfigureAwait(false);
        if (taste.Liked is not { Count: > 0 and <= MostIds } || taste.Disliked is not { Count: <= MostIds })
            throw Problem.BadBody($"Give 1 to {MostIds} ids as liked and at most {MostIds} as disliked.");
        var hits = await LikeAsync(engine, taste.Liked, taste.Disliked, options, http.RequestAborted).ConfigureAwait(false);
        return Respond(http, clock, "taste", hits);
    }

    private async Task<LikedAndDisliked> ReadTasteAsync(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
            throw Problem.WrongContentType(http.Request.ContentType, ExpectedBody);
        var timeout = catalog.Options.Limits.ReadTimeout;
        using var body = await UploadReader.ReadBodyAsync(http.Request, MostBytes, timeout).ConfigureAwait(false);
        try
        {
            return s_json.Read<LikedAndDisliked>(body?.Bytes ?? default) ?? throw Problem.BadBody(ExpectedBody);
        }
        catch (JsonException)
        {
            throw Problem.BadBody($"The body is not JSON as expected. {ExpectedBody}");
        }
    }

    private async Task<IReadOnlyList<Recommendation<TItem>>> LikeAsync(
        IRecommendationEngine<TItem> engine, IReadOnlyList<string> liked, IReadOnlyList<string> disliked, RecommendOptions<TItem> options,
        CancellationToken cancellationToken)
    {
        await RequireIndexedAsync().ConfigureAwait(false);
        try
        {
            return await engine.RecommendLikeAsync(liked, disliked, options, cancellationToken).ConfigureAwait(false);
        }
        catch (ArgumentException)
        {
            // One of them may have been removed meanwhile.
            await RequireIndexedAsync().ConfigureAwait(false);
            throw;
        }

        async Task RequireIndexedAsync()
        {
            var ids = liked.Concat(disliked).ToList();
            if (ids.Exists(string.IsNullOrEmpty))
                throw Problem.BadBody("An id is empty.");
            var indexed = await engine.GetAsync(ids, cancellationToken).ConfigureAwait(false);
            if (ids.Find(id => !indexed.ContainsKey(id)) is { } missing)
            {
                // Another server may have removed what this one lists.
                var isListed = catalog.Options.Catalog is null && catalog.Shelf.TryGet(missing, out _);
                throw isListed ? Problem.NotIndexed(missing) : Problem.NoSuchProduct(missing);
            }
        }
    }

    private Ok<RecommendationList> Respond(HttpContext http, long clock, string query, IReadOnlyList<Recommendation<TItem>> hits)
    {
        var elapsed = Stopwatch.GetElapsedTime(clock);
        metrics.Recommended(query, elapsed);
        var list = new List<RecommendationView>(hits.Count);
        foreach (var hit in hits)
        {
            // Of a catalog that is shared, this server's own list may be older than what another has put.
            var item = catalog.Options.Catalog is null && catalog.Shelf.TryGet(hit.Id, out var listed) ? listed : hit.Item;
            list.Add(new(views.View(http, item), hit.Score, hit.IsSamePicture, hit.Rules));
        }
        return TypedResults.Ok(new RecommendationList(list, Math.Round(elapsed.TotalMilliseconds, 2)));
    }
}
