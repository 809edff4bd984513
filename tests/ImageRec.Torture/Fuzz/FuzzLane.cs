using System.Globalization;

namespace ImageRec.Torture.Fuzz;

/// <summary>Every n-th input, tried in one process after another.</summary>
/// <param name="run">Told what is found.</param>
/// <param name="target">Makes the inputs again that showed something.</param>
/// <param name="statusFile">Shared with the process.</param>
/// <param name="first">The first input.</param>
/// <param name="step">n.</param>
/// <param name="end">Where the inputs end.</param>
internal sealed class FuzzLane(MachineRun run, IFuzzTarget target, string statusFile, int first, int step, long end) : IDisposable
{
    private const int HangMilliseconds = 60_000;
    private readonly FuzzStatus _status = new(statusFile) { Index = -1 };
    private long _next = first;

    public long Tried => _status.Accepted + _status.Refused;

    public long Accepted => _status.Accepted;

    public long Refused => _status.Refused;

    public double Slowest => _status.Slowest;

    public long SlowestIndex => _status.SlowestIndex;

    public long MostAllocated => _status.MostAllocated;

    public int Crashes { get; private set; }

    public int Hangs { get; private set; }

    public long PeakWorkingSet { get; private set; }

    public async Task RunAsync()
    {
        while (_next < end && run.Goes(0))
        {
            _status.Began = 0;
            _status.Index = -1;
            using var child = Child.Start(FuzzChild.Role, Read,
                [target.Name, statusFile, .. Array.ConvertAll(
                [run.Seed, _next, step, end], n => n.ToString(CultureInfo.InvariantCulture))]);
            var stopped = await WatchAsync(child);
            var errors = await child.EndAsync(CancellationToken.None);
            if (child.ExitCode == 0 || stopped == Stopped.TimeOver)
                return;
            if (stopped == Stopped.No)
            {
                Crashes++;
                Tell(_status.Index, $"the process crashed with {child.ExitCode}: {errors.Trim()[..Math.Min(errors.Trim().Length, 600)]}");
            }
            if (_status.Index < 0)
                return;
            _next = _status.Index + step;
        }
    }

    public void Dispose() => _status.Dispose();

    private async Task<Stopped> WatchAsync(Child child)
    {
        while (!child.HasExited)
        {
            await Task.Delay(100);
            PeakWorkingSet = Math.Max(PeakWorkingSet, child.WorkingSet);
            if (!run.Goes(0))
                return Stop(child, Stopped.TimeOver);
            if (_status.Began is > 0 and var began && Environment.TickCount64 - began > HangMilliseconds)
            {
                Hangs++;
                Tell(_status.Index, $"still not answered after {HangMilliseconds / 1000} s");
                return Stop(child, Stopped.Hang);
            }
            if (child.WorkingSet is var used && used > target.MaxWorkingSet)
            {
                Tell(_status.Index, $"the process uses {used / 1e6:F0} MB of memory; the limit is {target.MaxWorkingSet / 1e6:F0} MB");
                return Stop(child, Stopped.Memory);
            }
        }
        return Stopped.No;
    }

    private static Stopped Stop(Child child, Stopped why)
    {
        child.Kill();
        return why;
    }

    private void Read(string line)
    {
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        if (space > 0 && long.TryParse(line.AsSpan(0, space), CultureInfo.InvariantCulture, out var index))
            Tell(index, line[(space + 1)..]);
    }

    private void Tell(long index, string what)
    {
        var kept = index < 0 ? "" : $" ({run.Keep($"{run.Seed}-{index}", target.Make(FuzzTargets.Numbers(run.Seed, index)))})";
        run.Find($"input {index}: {what}{kept}");
    }

    private enum Stopped
    {
        No,
        TimeOver,
        Hang,
        Memory,
    }
}
