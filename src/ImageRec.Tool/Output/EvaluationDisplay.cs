using ImageRec.Evaluation;

namespace ImageRec.Tool.Output;

/// <summary>Shows how an evaluation or a report goes.</summary>
internal sealed class EvaluationDisplay(ProgressDisplay display) : IProgress<EvaluationProgress>
{
    public void Report(EvaluationProgress value) =>
        display.Show(value.Stage, $"{value.Done:N0} of {value.Total:N0}", value.Done, value.Total);
}
