namespace ImageRec.AspNetCore;

/// <summary>A category a picture may belong to.</summary>
/// <param name="Category">The category.</param>
/// <param name="Confidence">0 to 1.</param>
public sealed record Classification(string Category, float Confidence);
