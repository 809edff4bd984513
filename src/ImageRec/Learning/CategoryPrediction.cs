namespace ImageRec;

/// <summary>A category that a picture may be of.</summary>
/// <param name="Category">The category's name.</param>
/// <param name="Probability">0 to 1, calibrated: of the pictures told 0.8, about 8 in 10 are of that category. All categories of a picture add up to 1.</param>
public readonly record struct CategoryPrediction(string Category, float Probability);
