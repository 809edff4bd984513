using System.Diagnostics;
using System.Text.Json;
using ImageRec.Answering;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore;

/// <summary>Recommendations by picture, by product and by several liked and disliked products.</summary>
internal sealed class RecommendEndpoints<TItem>(
    VisualCatalog<TItem> catalog, ProductViews<TItem> views, ProductFilters<TItem> filters, UploadGate gate, ImageRecMetrics metrics) : IEndpointGroup
{
    private const int MostIds = 100;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/recommendations", (Delegate)ByPictureAsync)
            .WithMetadata(RequestBody.Picture)
            .WithName("ImageRec.RecommendByPicture").WithSummary("Products that look like a picture")
            .WithDescription("Send the picture as the body, or as a file of a form. What it is is read from its bytes; nothing of it is kept.")
            .WithRecommendParameters()
            .ProducesProblems(400, 408, 413, 415, 422, 429, 503);
        routes.MapGet("/recommendations/{**id}", ByProductAsync)
            .WithName("ImageRec.RecommendByProduct").WithSummary("More products like one")
            .WithDescription("The product itself is not among the answers.")
            .WithRecommendParameters()
            .ProducesProblems(400, 404, 409, 503);
        routes.MapPost("/recommendations/like", (Delegate)ByTasteAsync)
            .WithMetadata(RequestBody.Taste)
            .WithName("ImageRec.RecommendByTaste").WithSummary("Products like some and unlike others")
            .WithDescription("Near to the mean of the liked products and away from the mean of the disliked ones (Rocchio 1971). None of them is among the answers.")
            .WithRecommendParameters()
            .ProducesProblems(400, 404, 409, 503);
    }

    private async Task<Ok<RecommendationList>> ByPictureAsync(HttpContext http)
    {
        var clock = Stopwatch.GetTimestamp();
        var engine = Engine();
        var options = RecommendQuery.Read(http.Request.Query, catalog, filters);
        using var upload = await gate.ReceiveAsync(http).ConfigureAwait(false);
        metrics.Received(upload.Bytes.Length);
        using var turn = await gate.WorkAsync(http.RequestAborted).ConfigureAwait(false);
        var picture = ImageSource.FromBytes(upload.Bytes, RecommendQuery.UploadName);
        return Answer(http, clock, "picture", await engine.RecommendAsync(picture, options, http.RequestAborted).ConfigureAwait(false));
    }

    private async Task<Ok<RecommendationList>> ByProductAsync(HttpContext http, string id)
    {
        var clock = Stopwatch.GetTimestamp();
        var engine = Engine();
        var options = RecommendQuery.Read(http.Request.Query, catalog, filters);
        var liked = new[] { Indexed(engine, ProductIds.FromRoute(catalog, id)) };
        return Answer(http, clock, "product", await engine.RecommendLikeAsync(liked, null, options, http.RequestAborted).ConfigureAwait(false));
    }

    private async Task<Ok<RecommendationList>> ByTasteAsync(HttpContext http)
    {
        var clock = Stopwatch.GetTimestamp();
        var engine = Engine();
        var options = RecommendQuery.Read(http.Request.Query, catalog, filters);
        var taste = await ReadTasteAsync(http).ConfigureAwait(false);
        if (taste.Liked is not { Count: > 0 and <= MostIds } || taste.Disliked is not { Count: <= MostIds })
            throw Problem.BadBody($"Give 1 to {MostIds} ids as liked and at most {MostIds} as disliked.");
        var liked = taste.Liked.Select(id => Indexed(engine, id)).ToList();
        var disliked = taste.Disliked.Select(id => Indexed(engine, id)).ToList();
        return Answer(http, clock, "taste", await engine.RecommendLikeAsync(liked, disliked, options, http.RequestAborted).ConfigureAwait(false));
    }

    private static async Task<LikedAndDisliked> ReadTasteAsync(HttpContext http)
    {
        const string expected = """Send JSON such as { "liked": ["a", "b"], "disliked": ["c"] }.""";
        if (!http.Request.HasJsonContentType())
            throw Problem.BadBody(expected);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = 256 * 1024;
        try
        {
            return await http.Request.ReadFromJsonAsync<LikedAndDisliked>(http.RequestAborted).ConfigureAwait(false) ?? throw Problem.BadBody(expected);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            throw Problem.BadBody(expected);
        }
    }

    private RecommendationEngine<TItem> Engine() => catalog.Engine ?? throw Problem.NotReady(catalog.Status);

    private string Indexed(RecommendationEngine<TItem> engine, string? id)
    {
        if (string.IsNullOrEmpty(id))
            throw Problem.BadBody("An id is empty.");
        if (engine.TryGet(id, out _))
            return id;
        throw catalog.Shelf.TryGet(id, out _) ? Problem.NotIndexed(id) : Problem.NoSuchProduct(id);
    }

    private Ok<RecommendationList> Answer(HttpContext http, long clock, string kind, IReadOnlyList<Recommendation<TItem>> hits)
    {
        var elapsed = Stopwatch.GetElapsedTime(clock);
        metrics.Recommended(kind, elapsed);
        var list = new List<RecommendationView>(hits.Count);
        foreach (var hit in hits)
        {
            var item = catalog.Shelf.TryGet(hit.Id, out var listed) ? listed : hit.Item;
            list.Add(new(views.View(http, item), hit.Score, hit.IsSamePicture));
        }
        return TypedResults.Ok(new RecommendationList(list, Math.Round(elapsed.TotalMilliseconds, 2)));
    }
}
