using System.Runtime.CompilerServices;
using System.Text.Json;
using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.OpenApi;
using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>The status of indexing, once or followed, and control of the indexer.</summary>
internal sealed class StatusEndpoints<TItem>(VisualCatalog<TItem> catalog, ManageGuard guard, IHostApplicationLifetime lifetime)
    : IEndpointGroup
{
    private int _listeners;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status", () => TypedResults.Ok(catalog.Status))
            .WithName("ImageRec.Status").WithSummary("The status of indexing").WithMetadata(new AnswerExample(OpenApiExamples.Status))
            .WithDescription("What the indexer is doing, how far it is, and what went wrong if something did.")
            .ProducesProblems(400);
        routes.MapGet("/status/events", Follow)
            .WithName("ImageRec.StatusEvents").WithSummary("The status of indexing, as server-sent events")
            .WithDescription("One event 'status' now and one after every change, a few per second at most.")
            .WithMetadata(AnyQuery.Instance)
            .Produces<IndexingStatus>(contentType: "text/event-stream")
            .ProducesProblems(503);
        MapAction(routes, "pause", catalog.Pause, "Pause the indexer", "Until it is resumed. What was indexed is kept.");
        MapAction(routes, "resume", catalog.Resume, "Resume the indexer", "Ends a pause or a stop, and reindexes.");
        MapAction(routes, "stop", catalog.Stop, "Stop the indexer",
            "Until it is resumed or the app starts again. What was indexed is kept.");
        MapAction(routes, "reindex", catalog.Reindex, "Reindex",
            "Lists the products and indexes those that are new, changed or gone; while the indexer is paused, after it is resumed.");
    }

    private void MapAction(IEndpointRouteBuilder routes, string name, Action act, string summary, string description) =>
        routes.MapPost($"/indexing/{name}", (Delegate)(async Task<Accepted<IndexingStatus>> (HttpContext http) =>
            {
                await guard.AllowAsync(http).ConfigureAwait(false);
                act();
                return TypedResults.Accepted((string?)null, catalog.Status);
            }))
            .WithName($"ImageRec.Indexing.{name}").WithSummary(summary).WithDescription($"{description} Needs the app's ManagePolicy.")
            .WithMetadata(new AnswerExample(OpenApiExamples.Status))
            .ProducesProblems(400, 401, 403);

    private IResult Follow(HttpContext http)
    {
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.ContentType = "text/event-stream";
            return Results.Empty;
        }
        if (Interlocked.Increment(ref _listeners) > catalog.Options.Limits.Listeners)
        {
            Interlocked.Decrement(ref _listeners);
            throw Problem.Busy();
        }
        // A page that listens must not delay the end of the app.
        var listening = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.OnCompleted(() =>
        {
            Interlocked.Decrement(ref _listeners);
            listening.Dispose();
            return Task.CompletedTask;
        });
        return TypedResults.ServerSentEvents(EventsAsync(listening.Token), eventType: "status");
    }

    private async IAsyncEnumerable<string> EventsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var status in catalog.Board.FollowAsync(cancellationToken).ConfigureAwait(false))
            yield return JsonSerializer.Serialize(status, ContractJson.Default.IndexingStatus);
    }
}
