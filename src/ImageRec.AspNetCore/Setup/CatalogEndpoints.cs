using ImageRec.AspNetCore.Endpoints;
using ImageRec.AspNetCore.OpenApi;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRec.AspNetCore.Setup;

/// <summary>Maps the endpoints of one catalog under a prefix.</summary>
internal static class CatalogEndpoints
{
    public static RouteGroupBuilder Map(IEndpointRouteBuilder endpoints, string prefix, Type? itemType, string? name)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        ArgumentNullException.ThrowIfNull(prefix);
        var registry = endpoints.ServiceProvider.GetService<CatalogRegistry>()
            ?? throw new InvalidOperationException("MapImageRec finds no catalog: call Services.AddImageRec(...) before the app is built.");
        var catalog = registry.Find(itemType, name);
        var parts = catalog.Parts(endpoints.ServiceProvider);
        var suffix = registry.NextSuffix(catalog);
        var tag = catalog.Label == CatalogRegistration.DefaultLabel ? "Visual recommendations" : $"Visual recommendations: {catalog.Label}";
        var mapped = endpoints.MapGroup(prefix).WithTags(tag).WithGroupName(OpenApiDocument.Name).WithMetadata(new CatalogMapping(suffix));
        mapped.AddEndpointFilterFactory((_, next) => context => parts.Problems.InvokeAsync(context, next));
        parts.Map(mapped);
        mapped.MapOpenApi("/openapi/{documentName}.json").WithMetadata(AnyQuery.Instance);
        // Under an empty prefix, addresses that are not ours belong to the rest of the app.
        if (prefix.Trim('/').Length > 0)
            new UnknownAddresses(mapped).Map();
        ((IEndpointConventionBuilder)mapped).Finally(endpoint => EndpointConventions.Complete(endpoint, suffix));
        return mapped;
    }
}
