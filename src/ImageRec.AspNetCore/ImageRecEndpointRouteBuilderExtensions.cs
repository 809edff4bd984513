using ImageRec.AspNetCore;
using ImageRec.AspNetCore.Setup;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps the endpoints of visual recommendations.</summary>
public static class ImageRecEndpointRouteBuilderExtensions
{
    /// <summary>
    /// Maps the endpoints of a catalog: recommendations, products, facets, clusters, thumbnails, status, changes, and
    /// <c>openapi/imagerec.json</c>.
    /// </summary>
    /// <remarks>
    /// Errors below the prefix are problem details (RFC 9457), also for addresses and methods that do not exist, unless the prefix is
    /// empty.
    /// </remarks>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">Where they are mapped.</param>
    /// <param name="name">
    /// Name of the catalog as given to <c>AddImageRec</c>; null for the app's only one, or the one without a name.
    /// </param>
    /// <returns>The group of the endpoints, for conventions of the app such as <c>RequireAuthorization()</c>.</returns>
    /// <exception cref="InvalidOperationException">The app has no such catalog, or several.</exception>
    public static RouteGroupBuilder MapImageRec(this IEndpointRouteBuilder endpoints, string prefix = "/visual", string? name = null) =>
        CatalogEndpoints.Map(endpoints, prefix, null, name);

    /// <summary>Maps the endpoints of the catalog of a type, for apps with several types of products.</summary>
    /// <typeparam name="TItem">The type of its products.</typeparam>
    /// <param name="endpoints">The app.</param>
    /// <param name="prefix">Where they are mapped.</param>
    /// <returns>The group of the endpoints.</returns>
    /// <exception cref="InvalidOperationException">The app has no such catalog, or several and none without a name.</exception>
    public static RouteGroupBuilder MapImageRec<TItem>(this IEndpointRouteBuilder endpoints, string prefix) =>
        CatalogEndpoints.Map(endpoints, prefix, typeof(TItem), null);
}
