using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace ImageRec.Torture.Processes;

/// <summary>
/// One writer and three readers in four processes: readers never fail, never wait, and see a change within their interval; a second writer
/// gets a sentence. The processors are fewer than the processes, so each reader also says how long a loop without the library stalled.
/// </summary>
internal sealed class ProcessesMachine : IMachine
{
    private const int Readers = 3;
    private const int Items = 20_000;
    private const int IntervalMilliseconds = 500;

    // From the refresh to the answer that shows it, beside whatever the machine withholds.
    private const int GraceMilliseconds = 250;

    private readonly ConcurrentDictionary<int, long> _written = new();
    private readonly ConcurrentQueue<double> _lags = new();
    private readonly List<string> _summaries = [];
    private int _changes;
    private int _beside;

    public string Name => "processes";

    public string Unit => "changes";

    public int LongCount => int.MaxValue;

    public double? LongMinutes => 5;

    public async Task RunAsync(MachineRun run)
    {
        using var scratch = new Scratch();
        using var loop = new PlainLoop();
        var file = scratch.File("catalog.imagerec");
        await using (await Things.Builder()
            .BuildAsync(Things.Catalog(Enumerable.Range(0, Items).Select(i => new Thing($"thing {i}", 0))
            .Append(new Thing(WritingChild.Clock, 0))), file))
            run.Progress(() => $"{Items:N0} items are built");
        var ready = new CountdownEvent(Readers);
        var readers = Enumerable.Range(0, Readers)
            .Select(i => Child.Start(ReadingChild.Role, line => Read(run, i, line, ready), file,
            IntervalMilliseconds.ToString(CultureInfo.InvariantCulture))).ToList();
        if (!ready.Wait(TimeSpan.FromSeconds(60), run.Token))
            run.Find("the readers do not open the file within 60 s");
        using var writer = Child.Start(WritingChild.Role, line => Write(run, line), file, Items.ToString(CultureInfo.InvariantCulture),
            run.Seed.ToString(CultureInfo.InvariantCulture));
        while (run.Goes(Volatile.Read(ref _changes)) && !writer.HasExited && !readers.Exists(r => r.HasExited))
        {
            await Task.Delay(100, CancellationToken.None);
            run.Progress(() => $"{_changes} changes");
        }
        await EndAsync(run, writer, "the writer");
        await Task.Delay(IntervalMilliseconds * 2, CancellationToken.None);
        for (var i = 0; i < Readers; i++)
        {
            await EndAsync(run, readers[i], $"reader {i}");
            readers[i].Dispose();
        }
        Report(run, loop.Worst);
    }

    private void Report(MachineRun run, double stall)
    {
        var lags = _lags.Order().ToList();
        run.Figure("changes by the writer", $"{_changes:N0}");
        foreach (var summary in _summaries)
            run.Figure(summary.Split('|')[0], $"{summary.Split('|')[1]}");
        if (lags.Count > 0)
            run.Figure($"seen by a reader of {IntervalMilliseconds} ms after, ms",
                $"median {lags[lags.Count / 2]:F0}, 99th percentile {lags[lags.Count * 99 / 100]:F0}, worst {lags[^1]:F0}");
        run.Figure($"answers over {ReadingChild.MaxMilliseconds} ms while the plain loop stalled as long", $"{_beside}");
        run.Figure("a loop in a process without the library stalled at worst, ms", $"{stall:F0}");
        if (lags.Count == 0)
            run.Find("no reader has seen a change");
        else if (lags[^1] > IntervalMilliseconds + GraceMilliseconds + 2 * stall)
            run.Find($"a reader saw a change {lags[^1]:F0} ms after it was done; its interval is {IntervalMilliseconds} ms, and a plain "
                + $"loop stalled {stall:F0} ms at worst");
    }

    private static async Task EndAsync(MachineRun run, Child child, string who)
    {
        if (!child.HasExited)
            child.AskToEnd();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            var errors = await child.EndAsync(patience.Token);
            if (child.ExitCode != 0)
                run.Find($"{who} ended with {child.ExitCode}: {errors}");
        }
        catch (OperationCanceledException)
        {
            run.Find($"{who} does not end within 60 s");
        }
    }

    private void Write(MachineRun run, string line)
    {
        var words = line.Split(' ', 3);
        switch (words[0])
        {
            case "done":
                _written[int.Parse(words[1], CultureInfo.InvariantCulture)] = long.Parse(words[2], CultureInfo.InvariantCulture);
                Interlocked.Increment(ref _changes);
                break;
            case "refused":
                run.Figure("a second writer is told", $"{line["refused ".Length..]}");
                break;
            default:
                run.Find($"the writer: {line}");
                break;
        }
    }

    private void Read(MachineRun run, int reader, string line, CountdownEvent ready)
    {
        var words = line.Split(' ');
        switch (words[0])
        {
            case "ready":
                ready.Signal();
                break;
            case "seen":
                // The clock of all processes of a machine is one. A change may be seen before its writer has said so.
                if (_written.TryGetValue(int.Parse(words[1], CultureInfo.InvariantCulture), out var done))
                    _lags.Enqueue(
                        Math.Max(0, Stopwatch.GetElapsedTime(done, long.Parse(words[2], CultureInfo.InvariantCulture)).TotalMilliseconds));
                break;
            case "slow":
                // The reader waited no longer than a loop that asks nothing: the machine did it.
                // And a test, beside which others run, asserts what is answered, not when.
                if (Number(words[2]) > ReadingChild.MaxMilliseconds / 2 || !run.MeasuresTime)
                    Interlocked.Increment(ref _beside);
                else
                    run.Find($"reader {reader} waited {words[1]} ms for an answer, while a plain loop stalled {words[2]} ms at most");
                break;
            case "answers":
                lock (_summaries)
                    _summaries.Add($"reader {reader}, answers|{words[1]}; median {words[2]} ms, 99.9th percentile {words[3]} ms, worst "
                        + $"{words[4]} ms; a plain loop stalled {words[5]} ms at worst");
                break;
            default:
                run.Find($"reader {reader}: {line}");
                break;
        }
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
