namespace ImageRec.AspNetCore;

/// <summary>An attribute products can be filtered by: by its values, or by a range of numbers.</summary>
/// <param name="Name">Name of the query parameter.</param>
/// <param name="Values">Its values, most frequent first, 200 at most; empty when they are numbers.</param>
/// <param name="Least">Smallest number; null unless they are numbers.</param>
/// <param name="Greatest">Largest number; null unless they are numbers.</param>
public sealed record AttributeFacet(string Name, IReadOnlyList<FacetValue> Values, double? Least, double? Greatest);
