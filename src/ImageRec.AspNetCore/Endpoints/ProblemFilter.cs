using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Observability;
using ImageRec.AspNetCore.Problems;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Runs around every endpoint of a catalog: checks the query, and turns whatever goes wrong into problem details.</summary>
/// <param name="catalog">Label of the catalog.</param>
/// <param name="query">Which parameters the endpoints take.</param>
/// <param name="metrics">Counts what is refused.</param>
/// <param name="log">Logs what is refused.</param>
internal sealed class ProblemFilter(string catalog, QueryRules query, CatalogMetrics metrics, ILogger log)
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            query.Check(http);
            return Encode(await next(context).ConfigureAwait(false));
        }
        catch (Problem problem)
        {
            return Refuse(problem);
        }
        catch (UnreadableImageException e)
        {
            var name = RecommendQuery.UploadName;
            return Refuse(Problem.DamagedPicture(e.Message.Replace($"'{name}'", name, StringComparison.Ordinal)));
        }
        catch (InvalidFeaturesException)
        {
            return Refuse(Problem.DamagedPicture("The network finds nothing in this picture that can be compared. Send another one."));
        }
        catch (SharedCatalogException e)
        {
            // Its message names servers, which visitors must not read.
            log.StoreAway(catalog, e.Message);
            return Refuse(Problem.StoreAway());
        }
        catch (ObjectDisposedException)
        {
            return Refuse(Problem.Ending());
        }
        catch (BadHttpRequestException e)
        {
            return Refuse(Problem.Refused(e.StatusCode, e.Message));
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to read a response.
            return http.Response.HasStarted ? Results.Empty : Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
    }

    private IResult Refuse(Problem problem)
    {
        metrics.Refused(problem.Type);
        log.Refused(catalog, problem.Status, problem.Type);
        return problem.ToResult();
    }

    private static object? Encode(object? result) =>
        result is IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: { } status }
            ? Results.Json(value, ContractJson.Default.GetTypeInfo(value.GetType())!, statusCode: status)
            : result;
}
