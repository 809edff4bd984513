namespace ImageRec.Evaluation.Report;

/// <summary>Holds an item on the map.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Group">Its category, or its cluster in a catalog without categories.</param>
/// <param name="X">0 (left) to 1.</param>
/// <param name="Y">0 (top) to 1.</param>
internal readonly record struct ReportPoint(string Id, string Group, double X, double Y);
