using System.Diagnostics;

namespace ImageRec.Building;

/// <summary>Turns counts into progress reports, a few per second.</summary>
internal sealed class ProgressMeter(IProgress<BuildProgress>? progress, int total)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _lastReport = -Pause;
    private TimeSpan _computing;
    private TimeSpan _batchStart;
    private BuildStage _stage = BuildStage.Listing;

    public int Done { get; private set; }

    public int Computed { get; private set; }

    public TimeSpan Elapsed => _clock.Elapsed;

    public void Enter(BuildStage stage)
    {
        _stage = stage;
        _batchStart = _clock.Elapsed;
        Report();
    }

    public void Add(int computed, int known, int unreadable)
    {
        Done += computed + known + unreadable;
        Computed += computed;
        if (computed > 0)
            _computing += _clock.Elapsed - _batchStart;
        _batchStart = _clock.Elapsed;
        if (_clock.Elapsed - _lastReport >= Pause || Done == total)
            Report();
    }

    private void Report()
    {
        _lastReport = _clock.Elapsed;
        var rate = _computing > TimeSpan.Zero ? Computed / _computing.TotalSeconds : 0;
        progress?.Report(
            new BuildProgress(_stage, Done, total, rate, _clock.Elapsed, rate > 0 ? TimeSpan.FromSeconds((total - Done) / rate) : null));
    }
}
