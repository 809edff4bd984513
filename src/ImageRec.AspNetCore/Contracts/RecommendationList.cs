namespace ImageRec.AspNetCore;

/// <summary>Recommended products, best first.</summary>
/// <param name="Recommendations">The answers; fewer than asked for only when fewer match.</param>
/// <param name="Milliseconds">Time from the request's first byte to the answer, the waiting for a turn included.</param>
public sealed record RecommendationList(IReadOnlyList<RecommendationView> Recommendations, double Milliseconds);
