using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Hosting;

namespace ImageRec.AspNetCore;

/// <summary>Where indexing stands, once or as it goes, and the people's hand on it.</summary>
internal sealed class StatusEndpoints<TItem>(VisualCatalog<TItem> catalog, ManageGuard guard, IHostApplicationLifetime lifetime) : IEndpointGroup
{
    private int _listeners;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/status", () => TypedResults.Ok(catalog.Status))
            .WithName("ImageRec.Status").WithSummary("Where indexing stands");
        routes.MapGet("/status/events", Follow)
            .WithName("ImageRec.StatusEvents").WithSummary("Where indexing stands, as server-sent events")
            .WithDescription("One event 'status' now and one after every change, a few a second at most.")
            .WithMetadata(AnyQuery.Instance)
            .Produces<IndexingStatus>(contentType: "text/event-stream")
            .ProducesProblems(503);
        MapSwitch(routes, "pause", catalog.Pause, "Hold the indexer; recommendations go on");
        MapSwitch(routes, "resume", catalog.Resume, "End a pause or a stop, and list the products anew");
        MapSwitch(routes, "reindex", catalog.Reindex, "List the products anew and index what has changed, after a pause or a stop has ended");
        MapSwitch(routes, "stop", catalog.Stop, "End the indexer's run without loss; the next start goes on");
    }

    private void MapSwitch(IEndpointRouteBuilder routes, string name, Action act, string summary) =>
        routes.MapPost($"/indexing/{name}", (Delegate)(async Task<Accepted<IndexingStatus>> (HttpContext http) =>
            {
                await guard.AllowAsync(http).ConfigureAwait(false);
                act();
                return TypedResults.Accepted((string?)null, catalog.Status);
            }))
            .WithName($"ImageRec.Indexing.{name}").WithSummary(summary).ProducesProblems(401, 403);

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
        // A page that listens must not hold the app's end.
        var listening = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.OnCompleted(() =>
        {
            Interlocked.Decrement(ref _listeners);
            listening.Dispose();
            return Task.CompletedTask;
        });
        return TypedResults.ServerSentEvents(catalog.Board.FollowAsync(listening.Token), eventType: "status");
    }
}
