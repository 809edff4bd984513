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
    /// <remarks>Of the app's only catalog or, when there are several, of the one without a name.</remarks>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">Where they are mapped.</param>
    /// <returns>The group, for conventions of the app's own, such as <c>RequireAuthorization()</c>.</returns>
    /// <exception cref="InvalidOperationException">The app's services lack <c>AddImageRec</c>, or have several catalogs that could be meant.</exception>
    public static RouteGroupBuilder MapImageRec(this IEndpointRouteBuilder endpoints, string prefix = "/visual") => Map(endpoints, prefix, null, null);

    /// <summary>Maps the endpoints of the catalog with a name under a prefix.</summary>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">Where they are mapped.</param>
    /// <param name="name">As given to <c>AddImageRec</c>.</param>
    /// <returns>The group, for conventions of the app's own.</returns>
    /// <exception cref="InvalidOperationException">The app has no such catalog, or several of different types.</exception>
    public static RouteGroupBuilder MapImageRec(this IEndpointRouteBuilder endpoints, string prefix, string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Map(endpoints, prefix, null, name);
    }

    /// <summary>Maps the endpoints of the catalog of a type under a prefix.</summary>
    /// <typeparam name="TItem">The type of its products.</typeparam>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">Where they are mapped.</param>
    /// <param name="name">As given to <c>AddImageRec</c>; null for the one without a name, or the only one of the type.</param>
    /// <returns>The group, for conventions of the app's own.</returns>
    /// <exception cref="InvalidOperationException">The app has no such catalog, or several.</exception>
    public static RouteGroupBuilder MapImageRec<TItem>(this IEndpointRouteBuilder endpoints, string prefix = "/visual", string? name = null) =>
        Map(endpoints, prefix, typeof(TItem), name);

    private static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string prefix, Type? itemType, string? name)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var registry = endpoints.ServiceProvider.GetService<CatalogRegistry>()
            ?? throw new InvalidOperationException("MapImageRec has nothing to map: call builder.Services.AddImageRec(...) before the app is built.");
        var parts = registry.Find(itemType, name).Parts(endpoints.ServiceProvider);
        var suffix = registry.NextSuffix();
        var mapped = endpoints.MapGroup(prefix).WithTags("Visual recommendations").WithGroupName(OpenApiDocument.Name).WithMetadata(new CatalogMapping(suffix));
        mapped.AddEndpointFilterFactory((_, next) =>
        {
            var filter = endpoints.ServiceProvider.GetRequiredService<ProblemFilter>();
            return context => filter.InvokeAsync(context, parts.Query, next);
        });
        parts.Map(mapped);
        mapped.MapOpenApi("/openapi/{documentName}.json").WithMetadata(AnyQuery.Instance);
        ((IEndpointConventionBuilder)mapped).Finally(endpoint => EndpointConventions.Complete(endpoint, suffix));
        return mapped;
    }
}
