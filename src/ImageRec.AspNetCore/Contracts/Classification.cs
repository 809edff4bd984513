namespace ImageRec.AspNetCore.Contracts;

/// <summary>A category that a picture may belong to.</summary>
/// <param name="Category">The category.</param>
/// <param name="Confidence">Probability, 0 to 1.</param>
internal sealed record Classification(string Category, float Confidence);
