namespace ImageRec.Evaluation.Report;

/// <summary>Holds a cluster as the report shows it.</summary>
/// <param name="Index">0-based number.</param>
/// <param name="Size">Number of members.</param>
/// <param name="Shown">The ids of the members to show, the medoid first.</param>
/// <param name="Category">Its most frequent category; null when no member has one.</param>
/// <param name="Share">That category's share of the members.</param>
internal sealed record ReportCluster(int Index, int Size, IReadOnlyList<string> Shown, string? Category, double Share);
