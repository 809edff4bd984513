namespace ImageRec.Evaluation.Queries;

/// <summary>Holds a query that is ready to be searched for.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Category">Its category.</param>
/// <param name="Hash">The hash of its bytes.</param>
/// <param name="Row">Its unit row.</param>
/// <param name="Key">Its key when it is an item of the catalog.</param>
internal sealed record EvaluationQuery(string Id, string Category, UInt128 Hash, ReadOnlyMemory<float> Row, int? Key);
