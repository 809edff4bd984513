using System.Runtime.CompilerServices;

namespace ImageRec.AspNetCore;

/// <summary>The newest state of indexing, and a way to hear of the next one.</summary>
internal sealed class StatusBoard
{
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private readonly Lock _gate = new();
    private IndexingStatus _status = new() { State = IndexingState.Starting };
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public IndexingStatus Status => Volatile.Read(ref _status);

    public void Change(Func<IndexingStatus, IndexingStatus> change)
    {
        TaskCompletionSource announced;
        lock (_gate)
        {
            var next = change(_status);
            if (next == _status)
                return;
            _status = next;
            (announced, _changed) = (_changed, new(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        announced.SetResult();
    }

    /// <summary>The state now and after every change, a few a second at most; the same again after 15 seconds without one, so that proxies keep the line open.</summary>
    public async IAsyncEnumerable<IndexingStatus> FollowAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            Task changed;
            lock (_gate)
                changed = _changed.Task;
            yield return Status;
            try
            {
                await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
                await changed.WaitAsync(Heartbeat, cancellationToken).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
            }
            catch (OperationCanceledException)
            {
                yield break;
            }
        }
    }
}
