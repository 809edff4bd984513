namespace ImageRec.AspNetCore;

/// <summary>A value products have.</summary>
/// <param name="Value">As a filter takes it.</param>
/// <param name="Count">Products that have it.</param>
public sealed record FacetValue(string Value, int Count);
