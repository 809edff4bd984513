namespace ImageRec.AspNetCore.Contracts;

/// <summary>What products can be filtered by.</summary>
/// <param name="Categories">The categories, most frequent first.</param>
/// <param name="Attributes">The declared attributes.</param>
internal sealed record Facets(IReadOnlyList<FacetValue> Categories, IReadOnlyList<AttributeFacet> Attributes);
