using System.Globalization;

namespace ImageRec.Torture.Fuzz;

/// <summary>
/// Gives mutated inputs to the library, in as many processes as there are processors: only declared exceptions come out, nothing takes over
/// two seconds, memory stays within a limit, and what is accepted is answered rightly. A crash ends one process; the parent notes the input
/// and goes on.
/// </summary>
internal sealed class FuzzMachine(string target) : IMachine
{
    // Its seeds are made when it is run, not when its name is looked up.
    private readonly Lazy<IFuzzTarget> _lazy = new(() => FuzzTargets.Create(target));

    private IFuzzTarget Target => _lazy.Value;

    public string Name => target;

    public string Unit => Target.Unit;

    public int LongCount => Target.LongCount;

    public async Task RunAsync(MachineRun run)
    {
        if (run.Options.Only is { } only)
        {
            await TryOneAsync(run, only);
            return;
        }
        using var scratch = new Scratch(inMemory: true);
        var lanes = Enumerable.Range(0, Environment.ProcessorCount)
            .Select(lane => new FuzzLane(run, Target, scratch.File($"status-{lane}"), lane, Environment.ProcessorCount, run.Most)).ToList();
        var running = Task.WhenAll(lanes.Select(lane => lane.RunAsync()));
        while (await Task.WhenAny(running, Task.Delay(1000)) != running)
            run.Progress(() => $"{lanes.Sum(l => l.Tried):N0} {Unit}, {lanes.Sum(l => l.Accepted):N0} accepted");
        await running;
        run.Figure(Unit, $"{lanes.Sum(l => l.Tried):N0}");
        run.Figure("accepted", $"{lanes.Sum(l => l.Accepted):N0}");
        run.Figure("refused in a sentence", $"{lanes.Sum(l => l.Refused):N0}");
        run.Figure("crashes of native code", $"{lanes.Sum(l => l.Crashes)}");
        run.Figure("hangs", $"{lanes.Sum(l => l.Hangs)}");
        var slowest = lanes.MaxBy(l => l.Slowest)!;
        run.Figure("slowest", $"{slowest.Slowest:F0} ms (input {slowest.SlowestIndex})");
        run.Figure("most memory of a process, MB", $"{lanes.Max(l => l.PeakWorkingSet) / 1e6:F0}");
        run.Figure("most allocated for one, MB", $"{lanes.Max(l => l.MostAllocated) / 1e6:F1}");
        foreach (var lane in lanes)
            lane.Dispose();
        await Target.DisposeAsync();
    }

    private async Task TryOneAsync(MachineRun run, int index)
    {
        var input = Target.Make(FuzzTargets.Numbers(run.Seed, index));
        Console.Error.WriteLine($"The input: {run.Keep(index.ToString(CultureInfo.InvariantCulture), input)}");
        try
        {
            await Target.TryAsync(input);
            Console.Error.WriteLine("Accepted.");
        }
        catch (Exception e) when (Target.Declares(e))
        {
            Console.Error.WriteLine($"{e.GetType().Name}: {e.Message}");
        }
        catch (Exception e)
        {
            run.Find(e.ToString());
        }
    }
}
