using Microsoft.AspNetCore.Routing;

namespace ImageRec.AspNetCore;

/// <summary>The parts of one catalog, whatever its products are.</summary>
internal interface ICatalogParts
{
    /// <summary>Whether an endpoint's query may have a parameter that the endpoint does not declare.</summary>
    QueryRules Query { get; }

    /// <summary>Maps all endpoints.</summary>
    void Map(IEndpointRouteBuilder routes);
}
