using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore.Setup;

/// <summary>What holds for every endpoint.</summary>
internal static class EndpointConventions
{
    /// <summary>Lets HEAD ask for whatever GET answers, and makes the endpoint's name unique in the app.</summary>
    public static void Complete(EndpointBuilder endpoint, string suffix)
    {
        var metadata = endpoint.Metadata;
        for (var i = 0; i < metadata.Count; i++)
        {
            metadata[i] = metadata[i] switch
            {
                IHttpMethodMetadata { HttpMethods: ["GET"] } => new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]),
                IEndpointNameMetadata named when suffix.Length > 0 => new EndpointNameMetadata(named.EndpointName + suffix),
                IRouteNameMetadata named when suffix.Length > 0 => new RouteNameMetadata(named.RouteName + suffix),
                var other => other,
            };
        }
    }
}
