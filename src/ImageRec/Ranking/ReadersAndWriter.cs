namespace ImageRec.Ranking;

/// <summary>Admits any number of readers, or one writer; a writer that waits goes before readers that come later.</summary>
internal sealed class ReadersAndWriter
{
    private readonly Lock _gate = new();
    private TaskCompletionSource? _writerGone;
    private TaskCompletionSource? _readersGone;
    private int _readers;

    /// <summary>Waits for the writer, if there is one, then begins reading.</summary>
    /// <returns>Ends the reading when disposed.</returns>
    public async ValueTask<IDisposable> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task wait;
            lock (_gate)
            {
                if (_writerGone is null)
                {
                    _readers++;
                    return new Turn(EndReading);
                }
                wait = _writerGone.Task;
            }
            await wait.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for the readers there are, then begins writing. The caller ensures one writer at a time.</summary>
    /// <returns>Ends the writing when disposed.</returns>
    public async ValueTask<IDisposable> WriteAsync()
    {
        Task wait;
        lock (_gate)
        {
            _writerGone = New();
            wait = _readers == 0 ? Task.CompletedTask : (_readersGone = New()).Task;
        }
        await wait.ConfigureAwait(false);
        return new Turn(EndWriting);
    }

    private void EndReading()
    {
        lock (_gate)
        {
            if (--_readers == 0)
                _readersGone?.TrySetResult();
        }
    }

    private void EndWriting()
    {
        lock (_gate)
        {
            _readersGone = null;
            _writerGone!.SetResult();
            _writerGone = null;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed class Turn(Action end) : IDisposable
    {
        private Action? _end = end;

        public void Dispose() => Interlocked.Exchange(ref _end, null)?.Invoke();
    }
}
