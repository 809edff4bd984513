namespace ImageRec.Evaluation;

/// <summary>Says how far an evaluation, a report or an experiment has come.</summary>
public sealed class EvaluationProgress
{
    internal EvaluationProgress(string stage, int done, int total) => (Stage, Done, Total) = (stage, done, total);

    /// <summary>Gets the name of the current stage, in words for people.</summary>
    public string Stage { get; }

    /// <summary>Gets the number of steps of the stage that are finished.</summary>
    public int Done { get; }

    /// <summary>Gets the number of steps of the stage.</summary>
    public int Total { get; }
}
