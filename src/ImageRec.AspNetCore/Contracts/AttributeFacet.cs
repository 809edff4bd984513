namespace ImageRec.AspNetCore.Contracts;

/// <summary>An attribute that products can be filtered by, with its values or its range of numbers.</summary>
/// <param name="Name">Name of the query parameter.</param>
/// <param name="Values">Its values, most frequent first, 200 at most; empty when they are numbers.</param>
/// <param name="Least">Smallest number; null unless they are numbers.</param>
/// <param name="Greatest">Largest number; null unless they are numbers.</param>
internal sealed record AttributeFacet(string Name, IReadOnlyList<FacetValue> Values, double? Least, double? Greatest);
