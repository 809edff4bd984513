namespace ImageRec.AspNetCore;

/// <summary>Whether the indexer may work: on at first, halted and set going by people.</summary>
internal sealed class IndexerSwitch
{
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _work = new(1, 1);
    private CancellationTokenSource _run = new();

    /// <summary>Why the last run was halted: paused or stopped.</summary>
    public IndexingState HaltedAs { get; private set; } = IndexingState.Paused;

    public void Halt(IndexingState state)
    {
        CancellationTokenSource run;
        lock (_gate)
        {
            HaltedAs = state;
            _work.Wait(0);
            run = _run;
        }
        run.Cancel();
    }

    public void Go()
    {
        lock (_gate)
        {
            if (_run.IsCancellationRequested)
                _run = new();
            if (_work.CurrentCount == 0)
                _work.Release();
        }
    }

    /// <summary>Waits until there is work.</summary>
    /// <returns>Cancelled when the run that begins now is to halt.</returns>
    public async Task<CancellationToken> WaitAsync(CancellationToken cancellationToken)
    {
        await _work.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
            return _run.Token;
    }
}
