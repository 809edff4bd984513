namespace ImageRec.Evaluation;

/// <summary>How good k-means gets with one number of clusters.</summary>
/// <param name="Clusters">Number of clusters asked for.</param>
/// <param name="Inertia">Mean squared distance of the rows to their cluster's mean.</param>
/// <param name="Silhouette">Silhouette coefficient on a sample, -1 to 1.</param>
public readonly record struct ElbowPoint(int Clusters, double Inertia, double Silhouette);
