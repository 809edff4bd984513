namespace ImageRec.AspNetCore;

/// <summary>What products can be filtered by.</summary>
/// <param name="Categories">Categories with their numbers of products, most frequent first.</param>
/// <param name="Attributes">The declared attributes.</param>
public sealed record Facets(IReadOnlyList<FacetValue> Categories, IReadOnlyList<AttributeFacet> Attributes);
