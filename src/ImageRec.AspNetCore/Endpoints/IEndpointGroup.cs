using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore;

/// <summary>Endpoints that belong together; <c>MapImageRec</c> maps all groups of the container.</summary>
internal interface IEndpointGroup
{
    void Map(IEndpointRouteBuilder routes);
}
