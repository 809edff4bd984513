using System.Runtime.CompilerServices;

namespace ImageRec.AspNetCore.Catalog;

/// <summary>The status of indexing, and a way to follow it.</summary>
/// <param name="catalog">Label of the catalog.</param>
internal sealed class StatusBoard(string catalog)
{
    private static readonly TimeSpan s_heartbeat = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(150);
    private readonly Lock _gate = new();
    private IndexingStatus _status = new() { Catalog = catalog, State = IndexingState.Starting };
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

    /// <summary>
    /// The status now and after every change, a few per second at most; the same again after 15 seconds without a change, so that proxies
    /// keep the connection open.
    /// </summary>
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
                await Task.Delay(s_pause, cancellationToken).ConfigureAwait(false);
                await changed.WaitAsync(s_heartbeat, cancellationToken).ConfigureAwait(false);
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
