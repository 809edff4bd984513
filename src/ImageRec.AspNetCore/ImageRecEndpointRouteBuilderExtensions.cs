using ImageRec.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of visual recommendations.</summary>
public static class ImageRecEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints under a prefix: recommendations, items, facets, clusters, thumbnails, status, managing, and <c>openapi/imagerec.json</c>.
    /// </summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">Where they are mapped.</param>
    /// <returns>The group, for conventions of the app's own, such as <c>RequireAuthorization()</c>.</returns>
    /// <exception cref="InvalidOperationException">The app's services lack <c>AddImageRec</c>.</exception>
    public static RouteGroupBuilder MapImageRec(this IEndpointRouteBuilder endpoints, string prefix = "/visual")
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var groups = endpoints.ServiceProvider.GetServices<IEndpointGroup>().ToList();
        if (groups.Count == 0)
            throw new InvalidOperationException("MapImageRec has nothing to map: call builder.Services.AddImageRec(...) before the app is built.");
        var mapped = endpoints.MapGroup(prefix).WithTags("Visual recommendations").WithGroupName(OpenApiDocument.Name);
        mapped.AddEndpointFilterFactory((_, next) =>
        {
            var filter = endpoints.ServiceProvider.GetRequiredService<ProblemFilter>();
            return context => filter.InvokeAsync(context, next);
        });
        foreach (var group in groups)
            group.Map(mapped);
        mapped.MapOpenApi("/openapi/{documentName}.json");
        return mapped;
    }
}
