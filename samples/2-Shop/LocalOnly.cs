using System.Net;
using Microsoft.AspNetCore.Authorization;

namespace Shop;

/// <summary>
/// Who may steer the indexer and change products: requests of this machine, from the shop's own pages. A real shop asks who you are.
/// </summary>
internal static class LocalOnly
{
    public const string Policy = "local-only";

    public static void AddLocalOnlyPolicy(this IServiceCollection services) => services.AddAuthorization(options =>
        options.AddPolicy(Policy, policy => policy.RequireAssertion(context => context.Resource is HttpContext http && IsAllowed(http))));

    private static bool IsAllowed(HttpContext http)
    {
        // Browsers say where a request comes from, so that another site's page cannot press the buttons of this one.
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        return (http.Connection.RemoteIpAddress is null || IPAddress.IsLoopback(http.Connection.RemoteIpAddress))
            && site is "" or "same-origin" or "none";
    }
}
