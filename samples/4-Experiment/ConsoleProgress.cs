using ImageRec.Evaluation;

namespace Experiment;

/// <summary>Prints a line for each stage.</summary>
internal sealed class ConsoleProgress : IProgress<EvaluationProgress>
{
    private string _stage = "";

    public void Report(EvaluationProgress value)
    {
        if (value.Stage == _stage)
            return;
        _stage = value.Stage;
        Console.Error.WriteLine($"[{value.Done}/{value.Total}] {value.Stage}");
    }
}
