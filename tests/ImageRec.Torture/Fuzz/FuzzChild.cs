using System.Diagnostics;
using System.Globalization;

namespace ImageRec.Torture.Fuzz;

/// <summary>Tries inputs one after another in a process of its own.</summary>
internal static class FuzzChild
{
    public const string Role = "fuzz";

    /// <summary>No input may take longer.</summary>
    public const double MaxMilliseconds = 2000;

    public static async Task<int> RunAsync(string[] arguments)
    {
        var numbers = Array.ConvertAll(arguments[2..], a => long.Parse(a, CultureInfo.InvariantCulture));
        var (seed, first, step, end) = ((int)numbers[0], numbers[1], numbers[2], numbers[3]);
        await using var target = FuzzTargets.Create(arguments[0]);
        using var status = new FuzzStatus(arguments[1]);
        for (var index = first; index < end; index += step)
        {
            var input = target.Make(FuzzTargets.Numbers(seed, index));
            if (await TryAsync(target, input, status, index) is { } finding)
            {
                Console.Out.WriteLine($"{index} {finding.ReplaceLineEndings(" ")}");
                await Console.Out.FlushAsync();
            }
        }
        status.Began = 0;
        return 0;
    }

    private static async Task<string?> TryAsync(IFuzzTarget target, byte[] input, FuzzStatus status, long index)
    {
        status.Index = index;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var (finding, accepted, time) = await OnceAsync(target, input, status);
        // A busy machine makes anything slow once.
        for (var again = 0; again < 2 && time > MaxMilliseconds; again++)
            time = Math.Min(time, (await OnceAsync(target, input, status)).Milliseconds);
        status.MostAllocated = Math.Max(status.MostAllocated, GC.GetAllocatedBytesForCurrentThread() - allocated);
        if (time > status.Slowest)
            (status.Slowest, status.SlowestIndex) = (time, index);
        if (accepted)
            status.Accepted++;
        else
            status.Refused++;
        return finding
            ?? (time > MaxMilliseconds ? string.Create(CultureInfo.InvariantCulture, $"took {time:F0} ms at its fastest of three") : null);
    }

    /// <summary>How many times longer a computation takes now than on processors of its own.</summary>
    private static double Crowding()
    {
        var wanted = TimeSpan.FromMilliseconds(100);
        var (start, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        while (Environment.CpuUsage.TotalTime - before < wanted)
            Thread.SpinWait(1000);
        return Math.Max(1, Stopwatch.GetElapsedTime(start) / wanted);
    }

    private static async Task<(string? Finding, bool Accepted, double Milliseconds)> OnceAsync(
        IFuzzTarget target, byte[] input, FuzzStatus status)
    {
        status.Began = Environment.TickCount64;
        var start = Stopwatch.GetTimestamp();
        string? finding = null;
        var accepted = false;
        try
        {
            await target.TryAsync(input);
            accepted = true;
        }
        catch (WrongException e)
        {
            finding = $"a wrong answer: {e.Message}";
        }
        catch (Exception e) when (target.Declares(e))
        {
            if (e.Message.Contains("should not have happened", StringComparison.Ordinal))
                finding = $"{e.GetType().Name}: {e.Message}";
        }
        catch (Exception e)
        {
            finding = $"an exception that is not declared: {e}";
        }
        var time = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        return (finding, accepted, time > MaxMilliseconds ? time / Crowding() : time);
    }
}
