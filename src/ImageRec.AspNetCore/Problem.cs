using System.Globalization;
using ImageRec.Text;
using Microsoft.AspNetCore.Http;
using static System.FormattableString;

namespace ImageRec.AspNetCore;

/// <summary>Why a request cannot be answered: becomes an RFC 9457 problem with a sentence that helps.</summary>
#pragma warning disable CA1032, CA1064 // Never leaves the endpoints.
internal sealed class Problem : Exception
#pragma warning restore CA1032, CA1064
{
    private Problem(int status, string type, string title, string detail, int? retryAfterSeconds = null) : base(detail) =>
        (Status, Type, Title, RetryAfterSeconds) = (status, type, title, retryAfterSeconds);

    public int Status { get; }

    public string Type { get; }

    public string Title { get; }

    public int? RetryAfterSeconds { get; }

    public static Problem NotReady(IndexingStatus status) => status.State == IndexingState.Failed
        ? new(503, "not-ready", "Recommendations are not available", status.Message ?? "Indexing failed.")
        : new(503, "not-ready", "Recommendations are being prepared",
            string.Create(CultureInfo.InvariantCulture,
                $"The first index is being made: {status.Done:N0} of {status.Total:N0} products are done ({status.State.ToString().ToLowerInvariant()}). Try again in a moment."), 5);

    public static Problem NoSuchProduct(string id) =>
        new(404, "no-such-product", "No such product", $"There is no product '{Short(id)}' in this catalogue.");

    public static Problem NotIndexed(string id) =>
        new(409, "not-indexed", "This product is not indexed", $"'{Short(id)}' is listed, but it is not in the index: it is still waiting for its turn, or its picture cannot be read.");

    public static Problem NoSuchCluster(int index, int count) =>
        new(404, "no-such-cluster", "No such group", $"There is no group {index}; this catalogue has {count}, numbered from 0.");

    public static Problem BadQuery(string name, string value, string expected) =>
        new(400, "bad-parameter", "A parameter cannot be used", $"{name}={Short(value)} was given; {name} takes {expected}.");

    public static Problem UnknownParameter(string name, IReadOnlyList<string> known)
    {
        var nearest = Spelling.Nearest(name, known) is { } meant ? $" Did you mean '{meant}'?" : "";
        var there = known.Count == 0 ? "This address takes no parameters." : $"There are {string.Join(", ", known)}.";
        return new(400, "bad-parameter", "A parameter cannot be used", $"There is no parameter '{Short(name)}'.{nearest} {there}");
    }

    public static Problem GivenTwice(string name, int times) =>
        new(400, "bad-parameter", "A parameter cannot be used", string.Create(CultureInfo.InvariantCulture, $"{name} was given {times} times; give it once."));

    public static Problem AppFailed(string type, string title, string detail) => new(500, type, title, detail);

    public static Problem IndexBusy(string detail) => new(503, "index-busy", "The index cannot be changed now", detail, 10);

    public static Problem Ending() => new(503, "not-ready", "Recommendations are not available", "The shop is closing or has no index now. Try again in a moment.", 5);

    public static Problem BadBody(string detail) => new(400, "bad-body", "The request cannot be read", detail);

    public static Problem NoPicture(string detail) => new(400, "no-picture", "There is no picture in the request", detail);

    public static Problem WrongContentType(string? contentType) =>
        new(415, "wrong-content-type", "The picture was sent in another form than expected",
            $"The body was declared as '{Short(contentType ?? "")}'. Send the bytes of the picture as image/* or application/octet-stream, or a form (multipart/form-data) with the picture as a file.");

    public static Problem NotAPicture(string detail) => new(415, "not-a-picture", "This is not a picture", detail);

    public static Problem DamagedPicture(string detail) => new(422, "damaged-picture", "The picture cannot be read", detail);

    public static Problem TooLarge(long maxBytes) =>
        new(413, "upload-too-large", "The picture is too large", $"Pictures may have at most {Size(maxBytes)}. Send a smaller one, such as the same picture at half its width.");

    public static Problem TooManyPixels(int width, int height, long maxPixels) =>
        new(413, "too-many-pixels", "The picture has too many pixels",
            string.Create(CultureInfo.InvariantCulture, $"The picture says that it is {width:N0} x {height:N0} pixels; at most {maxPixels / 1e6:0.#} million are read. Send a smaller one."));

    public static Problem TooSlow(TimeSpan limit) =>
        new(408, "upload-too-slow", "The upload took too long", string.Create(CultureInfo.InvariantCulture, $"The picture did not arrive within {limit.TotalSeconds:0} seconds. Try again, with a smaller picture on a slow line."));

    public static Problem TooMany(TimeSpan? retryAfter) =>
        new(429, "too-many-uploads", "Too many uploads", "You have sent many pictures in a short time. Wait a moment and try again.", Seconds(retryAfter, 1));

    public static Problem Busy() =>
        new(503, "busy", "The server is busy", "Many pictures are being looked at right now. Wait a moment and try again.", 2);

    public static Problem ManagingIsOff() =>
        new(403, "managing-is-off", "Changes are switched off", "This app lets nobody change its catalogue over HTTP. Its developer can allow it by setting ManagePolicy.");

    public static Problem NotAllowed(bool knownUser) => knownUser
        ? new(403, "not-allowed", "This is not allowed", "You may not change this catalogue.")
        : new(401, "not-allowed", "Who are you?", "Sign in as somebody who may change this catalogue.");

    public static Problem NoClassifier() =>
        new(501, "no-classifier", "This catalogue has not learned categories", "Build it with LearnCategories() and with the products' categories to have pictures classified.");

    public IResult ToResult()
    {
        var result = TypedResults.Problem(Message, statusCode: Status, title: Title, type: $"urn:imagerec:{Type}");
        return RetryAfterSeconds is { } seconds ? new RetryAfter(result, seconds) : result;
    }

    private static int Seconds(TimeSpan? time, int least) => Math.Max(least, (int)Math.Ceiling(time?.TotalSeconds ?? least));

    /// <summary>What a client gave, short enough to be repeated in an answer.</summary>
    public static string Short(string text) => text.Length <= 80 ? text : string.Concat(text.AsSpan(0, 77), "...");

    private static string Size(long bytes) => bytes >= 1024 * 1024
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d / 1024:0.#} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024d:0.#} KB");

    private sealed class RetryAfter(IResult inner, int seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return inner.ExecuteAsync(httpContext);
        }
    }
}
