using System.Diagnostics;
using Spectre.Console;

namespace ImageRec.Tool.Output;

/// <summary>Shows how work goes, on stderr: a bar on a terminal, a line now and then anywhere else.</summary>
internal sealed class ProgressDisplay
{
    private static readonly TimeSpan s_pause = TimeSpan.FromSeconds(10);
    private readonly Stopwatch _sinceLine = Stopwatch.StartNew();
    private readonly Lock _lock = new();
    private ProgressTask? _bar;
    private string _stage = "";

    private ProgressDisplay()
    {
    }

    /// <summary>Runs work that reports to a display.</summary>
    public static async Task<T> RunAsync<T>(Func<ProgressDisplay, Task<T>> work)
    {
        var display = new ProgressDisplay();
        if (Console.IsErrorRedirected || Environment.GetEnvironmentVariable("TERM") == "dumb")
            return await work(display);
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(), new PercentageColumn(), new SpinnerColumn())
            .StartAsync(context =>
            {
                display._bar = context.AddTask("Starting");
                return work(display);
            });
    }

    /// <param name="stage">What is being done, in words that stay the same while it is.</param>
    /// <param name="detail">How it goes.</param>
    /// <param name="done">Steps finished.</param>
    /// <param name="total">Steps in all.</param>
    public void Show(string stage, string detail, int done, int total)
    {
        lock (_lock)
        {
            if (_bar is not null)
            {
                _bar.MaxValue = Math.Max(1, total);
                _bar.Value = done;
                _bar.Description = Markup.Escape($"{stage}  {detail}");
            }
            else if (stage != _stage || _sinceLine.Elapsed >= s_pause)
            {
                Console.Error.WriteLine($"{stage}  {detail}");
                _sinceLine.Restart();
            }
            _stage = stage;
        }
    }
}
