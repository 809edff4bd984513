using System.Diagnostics;

namespace ImageRec.Torture.Processes;

/// <summary>A thread that does nothing but look at the clock each millisecond: what it misses, the machine withheld.</summary>
internal sealed class PlainLoop : IDisposable
{
    private static readonly TimeSpan s_lately = TimeSpan.FromSeconds(2);
    private readonly Thread _thread;
    private readonly Lock _reading = new();
    private readonly Queue<(long At, double Stall)> _recent = new();
    private volatile bool _ends;

    public PlainLoop()
    {
        _thread = new Thread(Run) { IsBackground = true };
        _thread.Start();
    }

    /// <summary>The longest stall, in milliseconds.</summary>
    public double Worst { get; private set; }

    /// <summary>The longest stall of the last two seconds.</summary>
    public double WorstLately
    {
        get
        {
            lock (_reading)
                return _recent.Count == 0 ? 0 : _recent.Max(r => r.Stall);
        }
    }

    public void Dispose()
    {
        _ends = true;
        _thread.Join();
    }

    private void Run()
    {
        var last = Stopwatch.GetTimestamp();
        while (!_ends)
        {
            Thread.Sleep(1);
            var now = Stopwatch.GetTimestamp();
            var stall = Stopwatch.GetElapsedTime(last, now).TotalMilliseconds;
            last = now;
            lock (_reading)
            {
                Worst = Math.Max(Worst, stall);
                _recent.Enqueue((now, stall));
                while (_recent.TryPeek(out var oldest) && Stopwatch.GetElapsedTime(oldest.At, now) > s_lately)
                    _recent.Dequeue();
            }
        }
    }
}
