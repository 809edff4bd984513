using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore;

/// <summary>Turns what goes wrong in an endpoint into an answer.</summary>
internal sealed partial class ProblemFilter(ILogger<ProblemFilter> log)
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, QueryRules rules, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        try
        {
            rules.Check(http);
            return Encode(await next(context).ConfigureAwait(false));
        }
        catch (Problem problem)
        {
            Refused(problem.Status, problem.Type);
            return problem.ToResult();
        }
        catch (UnreadableImageException e)
        {
            Refused(StatusCodes.Status422UnprocessableEntity, "damaged-picture");
            return Problem.DamagedPicture(e.Message.Replace($"'{RecommendQuery.UploadName}'", RecommendQuery.UploadName, StringComparison.Ordinal)).ToResult();
        }
        catch (InvalidFeaturesException)
        {
            Refused(StatusCodes.Status422UnprocessableEntity, "damaged-picture");
            return Problem.DamagedPicture("The network finds nothing in this picture that can be compared. Send another one.").ToResult();
        }
        catch (ObjectDisposedException)
        {
            return Problem.Ending().ToResult();
        }
        catch (BadHttpRequestException e)
        {
            return Problem.BadBody(e.StatusCode == 400 ? "The request cannot be read: " + e.Message : e.Message).ToResult();
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there any more to read an answer.
            return Results.StatusCode(StatusCodes.Status499ClientClosedRequest);
        }
    }

    /// <summary>
    /// Answers are written the same way in every app, whatever its own JSON options are: web names, and &lt;, &gt; and &amp; escaped, so that an id or a name is
    /// never markup.
    /// </summary>
    private static object? Encode(object? result) => result is IValueHttpResult { Value: { } value } and IStatusCodeHttpResult { StatusCode: { } status }
        ? TypedResults.Json(value, JsonSerializerOptions.Web, statusCode: status)
        : result;

    [LoggerMessage(LogLevel.Information, "Request refused: {Status} {Problem}")]
    private partial void Refused(int status, string problem);
}
