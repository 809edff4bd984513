using System.Diagnostics;

namespace ImageRec.Benchmarks;

/// <summary>What one run took.</summary>
/// <param name="Seconds">From start to end.</param>
/// <param name="AllocatedMegabytes">Managed memory allocated.</param>
/// <param name="PeakMegabytes">Largest working set of the process seen during the run, every 10 ms.</param>
internal readonly record struct Measurement(double Seconds, double AllocatedMegabytes, double PeakMegabytes)
{
    private const double Megabyte = 1024 * 1024;

    public static async Task<Measurement> OfAsync(Func<Task> run)
    {
        GC.Collect();
        using var end = new CancellationTokenSource();
        var peak = Task.Run(() => Watch(end.Token));
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var start = Stopwatch.GetTimestamp();
        await run();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        await end.CancelAsync();
        return new(seconds, allocated / Megabyte, await peak / Megabyte);
    }

    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    private static long Watch(CancellationToken end)
    {
        long peak = 0;
        do
        {
            peak = Math.Max(peak, Environment.WorkingSet);
        }
        while (!end.WaitHandle.WaitOne(10));
        return peak;
    }
}
