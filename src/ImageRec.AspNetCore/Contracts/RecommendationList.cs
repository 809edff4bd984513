namespace ImageRec.AspNetCore.Contracts;

/// <summary>Recommended products, best first.</summary>
/// <param name="Recommendations">The recommendations; fewer than requested only when fewer match.</param>
/// <param name="Milliseconds">Time from the start of the request to the recommendations.</param>
internal sealed record RecommendationList(IReadOnlyList<RecommendationView> Recommendations, double Milliseconds);
