namespace ImageRec.Evaluation;

/// <summary>Where the queries of an evaluation come from.</summary>
public enum EvaluationMethod
{
    /// <summary>Pictures that are not in the catalogue.</summary>
    Queries,

    /// <summary>Each of the catalogue's items in turn, looked for in the rest.</summary>
    LeaveOneOut,
}
