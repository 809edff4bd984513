namespace ImageRec.AspNetCore.Contracts;

/// <summary>A value that products have.</summary>
/// <param name="Value">The value, as a filter takes it.</param>
/// <param name="Count">Number of products that have it.</param>
internal sealed record FacetValue(string Value, int Count);
