using System.Net.Http.Json;
using ImageRec.AspNetCore.Contracts;
using Microsoft.AspNetCore.Mvc;

namespace ImageRec.AspNetCore.Tests;

internal static class Answers
{
    public static async Task<IReadOnlyList<RecommendationView>> ReadAsync(this HttpResponseMessage response)
    {
        Assert.True(response.IsSuccessStatusCode,
            $"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        return (await response.Content.ReadFromJsonAsync<RecommendationList>(TestContext.Current.CancellationToken))!.Recommendations;
    }

    /// <summary>The problem of a refused request, which has the shape of RFC 9457 and a sentence.</summary>
    public static async Task<ProblemDetails> RefusedAsync(this HttpResponseMessage response, int status, string type)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True((int)response.StatusCode == status, $"{(int)response.StatusCode} instead of {status}: {text}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<ProblemDetails>(TestContext.Current.CancellationToken);
        Assert.Equal($"urn:imagerec:{type}", problem!.Type);
        Assert.Equal(status, problem.Status);
        Assert.False(string.IsNullOrWhiteSpace(problem.Title));
        Assert.EndsWith(".", problem.Detail, StringComparison.Ordinal);
        return problem;
    }
}
