namespace ImageRec.Evaluation.Queries;

/// <summary>Says what the whole ranking of a query is like.</summary>
/// <param name="Candidates">Items that may be answers.</param>
/// <param name="RelevantItems">Those of the query's category among them.</param>
/// <param name="AveragePrecision">0 to 1; NaN when there are no relevant items.</param>
internal readonly record struct WholeRanking(int Candidates, int RelevantItems, double AveragePrecision);
