using System.Diagnostics;
using Spectre.Console;

namespace ImageRec.Tool.Output;

/// <summary>Shows how a build goes: a bar on a terminal, a line now and then anywhere else.</summary>
internal sealed class BuildDisplay : IProgress<BuildProgress>
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private ProgressTask? _bar;
    private BuildStage? _shown;

    private BuildDisplay()
    {
    }

    /// <summary>What was reported last.</summary>
    public BuildProgress Last { get; private set; }

    /// <summary>Runs a build while showing its progress.</summary>
    public static async Task<T> RunAsync<T>(Func<BuildDisplay, Task<T>> build)
    {
        var display = new BuildDisplay();
        if (!Terminal.CanRedraw)
            return await build(display);
        return await Terminal.Progress.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(context =>
            {
                display._bar = context.AddTask("Starting");
                return build(display);
            });
    }

    public void Report(BuildProgress value)
    {
        lock (_lock)
        {
            Last = value;
            if (_bar is not null)
            {
                _bar.MaxValue = Math.Max(1, value.Total);
                _bar.Value = value.Done;
                _bar.Description = Markup.Escape(Describe(value));
            }
            else if (value.Stage != _shown || _sinceLine.Elapsed >= s_pause)
            {
                Console.Error.WriteLine(Describe(value));
                _sinceLine.Restart();
            }
            _shown = value.Stage;
        }
    }

    private static string Describe(BuildProgress value) => value.Stage switch
    {
        BuildStage.Listing => $"Listing {Units.Count(value.Total, "photo", "photos")}",
        BuildStage.Fitting => $"Learning reduction and clusters from {Units.Count(value.Done, "photo", "photos")}",
        BuildStage.Sampling or BuildStage.Extracting => $"Reading photos  {value.Done:N0} of {value.Total:N0}{Rate(value)}",
        BuildStage.Indexing => "Making the index",
        _ => $"Finished after {Units.Time(value.Elapsed)}",
    };

    private static string Rate(BuildProgress value) =>
        value.PerSecond <= 0 ? "" : $"  {value.PerSecond:0.#}/s" + (value.Remaining is { } left ? $"  {Units.Time(left)} left" : "");
}
