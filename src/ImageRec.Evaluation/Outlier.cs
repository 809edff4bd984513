namespace ImageRec.Evaluation;

/// <summary>An item that resembles hardly anything in the catalogue.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Similarity">Mean cosine similarity to its nearest neighbours.</param>
/// <param name="Deviations">How far that lies below the median of all items, in robust standard deviations.</param>
public sealed record Outlier(string Id, double Similarity, double Deviations);
