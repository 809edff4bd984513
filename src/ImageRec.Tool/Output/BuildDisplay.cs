namespace ImageRec.Tool.Output;

/// <summary>Shows how a build goes.</summary>
internal sealed class BuildDisplay(ProgressDisplay display) : IProgress<BuildProgress>
{
    /// <summary>What was reported last; null before the first report.</summary>
    public BuildProgress? Last { get; private set; }

    public void Report(BuildProgress value)
    {
        Last = value;
        var (stage, detail) = Describe(value);
        display.Show(stage, detail, value.Done, value.Total);
    }

    private static (string Stage, string Detail) Describe(BuildProgress value) => value.Stage switch
    {
        BuildStage.Listing => ("Listing photos", $"{value.Total:N0}"),
        BuildStage.Sampling or BuildStage.Extracting => ("Reading photos", $"{value.Done:N0} of {value.Total:N0}{Rate(value)}"),
        BuildStage.Fitting => ("Learning from them", "reduction, clusters"),
        BuildStage.Indexing => ("Making the index", ""),
        _ => ("Finished", Units.Time(value.Elapsed)),
    };

    private static string Rate(BuildProgress value) =>
        value.PerSecond <= 0 ? "" : $"  {value.PerSecond:0.#}/s" + (value.Remaining is { } left ? $"  {Units.Time(left)} left" : "");
}
