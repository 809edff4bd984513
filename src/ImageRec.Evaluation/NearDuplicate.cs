namespace ImageRec.Evaluation;

/// <summary>Two items whose pictures differ in their bytes but hardly in what they show.</summary>
/// <param name="FirstId">The item that comes first in the catalogue.</param>
/// <param name="SecondId">The other.</param>
/// <param name="Score">Their cosine similarity, -1 to 1.</param>
public sealed record NearDuplicate(string FirstId, string SecondId, float Score);
