using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using static System.FormattableString;

namespace ImageRec.AspNetCore.Problems;

/// <summary>Why a request cannot be answered. It becomes problem details (RFC 9457) whose detail is a sentence for people.</summary>
#pragma warning disable CA1032, CA1064 // Never leaves the endpoints.
internal sealed partial class Problem : Exception
#pragma warning restore CA1032, CA1064
{
    private const int LongestQuote = 80;
    private const string TypePrefix = "urn:imagerec:";

    private Problem(int status, string type, string title, string detail, int? retryAfterSeconds = null) : base(detail) =>
        (Status, Type, Title, RetryAfterSeconds) = (status, type, title, retryAfterSeconds);

    public int Status { get; }

    /// <summary>Last part of the type, as in <c>urn:imagerec:not-ready</c>.</summary>
    public string Type { get; }

    public string Title { get; }

    public int? RetryAfterSeconds { get; }

    public IResult ToResult()
    {
        var result = TypedResults.Problem(Message, statusCode: Status, title: Title, type: $"{TypePrefix}{Type}");
        return RetryAfterSeconds is { } seconds ? new RetryAfter(result, seconds) : result;
    }

    /// <summary>The body of the response.</summary>
    public JsonObject ToJson() =>
        new() { ["type"] = $"{TypePrefix}{Type}", ["title"] = Title, ["status"] = Status, ["detail"] = Message };

    /// <summary>A text of the client, short enough to be repeated in a response.</summary>
    public static string Short(string text)
    {
        if (text.Length <= LongestQuote)
            return text;
        // A pair of surrogates is one character and stays whole.
        var length = LongestQuote - 3 - (char.IsHighSurrogate(text[LongestQuote - 4]) ? 1 : 0);
        return string.Concat(text.AsSpan(0, length), "...");
    }

    private static int Seconds(TimeSpan? time, int least) => Math.Max(least, (int)Math.Ceiling(time?.TotalSeconds ?? least));

    private static string Size(long bytes) => bytes >= 1024 * 1024
        ? Invariant($"{bytes / 1024d / 1024:0.#} MB")
        : Invariant($"{bytes / 1024d:0.#} KB");

    private sealed class RetryAfter(IResult result, int seconds) : IResult
    {
        public Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return result.ExecuteAsync(httpContext);
        }
    }
}
