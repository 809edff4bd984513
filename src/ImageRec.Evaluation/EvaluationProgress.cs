namespace ImageRec.Evaluation;

/// <summary>Where an evaluation, a report or an experiment stands.</summary>
/// <param name="Stage">What is being done, in words.</param>
/// <param name="Done">Steps finished.</param>
/// <param name="Total">Steps in all.</param>
public readonly record struct EvaluationProgress(string Stage, int Done, int Total);
