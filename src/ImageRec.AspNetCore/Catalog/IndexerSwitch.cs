namespace ImageRec.AspNetCore.Catalog;

/// <summary>Whether the indexer may work and whether it was asked to; both are so at the start.</summary>
internal sealed class IndexerSwitch
{
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(20);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _signal = new(1, 1);
    private CancellationTokenSource _run = new();
    private bool _wanted = true;
    private bool _halted;

    /// <summary>Why the last run was halted: paused or stopped.</summary>
    public IndexingState HaltedAs { get; private set; } = IndexingState.Paused;

    public void Halt(IndexingState state)
    {
        CancellationTokenSource run;
        lock (_gate)
        {
            (HaltedAs, _halted, run) = (state, true, _run);
        }
        run.Cancel();
    }

    /// <summary>Ends a halt, if there is one, and asks for a run.</summary>
    public void Go()
    {
        lock (_gate)
        {
            _halted = false;
            if (_run.IsCancellationRequested)
                _run = new();
            Want();
        }
    }

    /// <summary>Asks for a run: now, after the present one, or when a halt ends.</summary>
    public void Ask()
    {
        lock (_gate)
            Want();
    }

    /// <summary>Waits until a run is asked for or some time has passed, and in any case until no halt is in force.</summary>
    /// <param name="time">The time; 20 days at most, or <see cref="Timeout.InfiniteTimeSpan"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    public async Task<IndexerTurn> WaitAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        var wait = time > s_longestWait ? s_longestWait : time;
        while (true)
        {
            await _signal.WaitAsync(wait, cancellationToken).ConfigureAwait(false);
            lock (_gate)
            {
                if (!_halted)
                {
                    var asked = _wanted;
                    _wanted = false;
                    return new(asked, _run.Token);
                }
            }
            // The end of a halt signals.
            wait = Timeout.InfiniteTimeSpan;
        }
    }

    private void Want()
    {
        _wanted = true;
        if (_signal.CurrentCount == 0)
            _signal.Release();
    }
}
