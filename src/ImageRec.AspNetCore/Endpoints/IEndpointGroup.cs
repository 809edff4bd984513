using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore.Endpoints;

/// <summary>Endpoints that belong together; <c>MapImageRec</c> maps all groups of a catalog.</summary>
internal interface IEndpointGroup
{
    void Map(IEndpointRouteBuilder routes);
}
