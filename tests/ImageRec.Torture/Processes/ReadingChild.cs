using System.Diagnostics;
using System.Globalization;

namespace ImageRec.Torture.Processes;

/// <summary>A reader in a process of its own: asks all the time and follows the writer.</summary>
internal static class ReadingChild
{
    public const string Role = "processes-reads";

    /// <summary>No answer may take longer.</summary>
    public const double MaxMilliseconds = 50;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (file, interval) = (arguments[0], TimeSpan.FromMilliseconds(int.Parse(arguments[1], CultureInfo.InvariantCulture)));
        var ended = WritingChild.EndOfInput();
        var (answers, queries) = (new Delays(), new Random(Environment.ProcessId));
        // Whatever holds up this loop, which asks nothing of the library, is the machine's doing.
        using var loop = new PlainLoop();
        try
        {
            await using var engine = await Things.Builder(follow: interval).OpenAsync<Thing>(file);
            Say("ready");
            var seen = -1;
            var warm = Stopwatch.StartNew();
            while (!ended.IsCompleted)
            {
                var row = Things.Row(queries.Next());
                var start = Stopwatch.GetTimestamp();
                var answer = await engine.RecommendAsync(Things.Picture(row));
                var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
                // The first second compiles.
                if (warm.ElapsedMilliseconds > 1000)
                    answers.Add(took);
                if (answer.Count != 5)
                    Say($"wrong {answer.Count} answers instead of 5");
                if (took > MaxMilliseconds && warm.ElapsedMilliseconds > 1000)
                    Say(string.Create(CultureInfo.InvariantCulture, $"slow {took:F0} {loop.WorstLately:F0}"));
                if (engine.TryGet(WritingChild.Clock, out var clock) && clock.Stamp != seen)
                {
                    seen = clock.Stamp;
                    Say(string.Create(CultureInfo.InvariantCulture, $"seen {seen} {Stopwatch.GetTimestamp()}"));
                }
                // Two processors serve four processes.
                await Task.Delay(1);
            }
        }
        catch (Exception e)
        {
            Say($"failed {e.ToString().ReplaceLineEndings(" ")}");
            return 1;
        }
        Say(string.Create(CultureInfo.InvariantCulture,
            $"answers {answers.Count} {answers.Quantile(0.5):F3} {answers.Quantile(0.999):F3} {answers.Worst:F3} {loop.Worst:F3}"));
        return 0;
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
