using ImageRec.AspNetCore.Endpoints;
using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore.Setup;

/// <summary>The parts of one catalog, whatever the type of its products.</summary>
internal interface ICatalogParts
{
    /// <summary>Runs around every endpoint.</summary>
    ProblemFilter Problems { get; }

    /// <summary>Maps all endpoints.</summary>
    void Map(IEndpointRouteBuilder routes);
}
