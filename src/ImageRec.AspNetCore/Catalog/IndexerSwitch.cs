namespace ImageRec.AspNetCore;

/// <summary>Whether the indexer may work and whether there is work: both at first; halted and set going by people, asked again by changes.</summary>
internal sealed class IndexerSwitch
{
    private static readonly TimeSpan Longest = TimeSpan.FromDays(20);
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

    /// <summary>Waits until a run is asked for, or until so much time has passed, and until no halt holds it.</summary>
    /// <returns>Cancelled when the run that begins now is to halt.</returns>
    public async Task<CancellationToken> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        var wait = atMost > Longest ? Longest : atMost;
        while (true)
        {
            var due = !await _signal.WaitAsync(wait, cancellationToken).ConfigureAwait(false) && wait == atMost;
            lock (_gate)
            {
                if (_halted || !(_wanted || due))
                    continue;
                _wanted = false;
                return _run.Token;
            }
        }
    }

    private void Want()
    {
        _wanted = true;
        if (_signal.CurrentCount == 0)
            _signal.Release();
    }
}
