namespace ImageRec.Building;

/// <summary>
/// Shares out memory among images that are read at once and wait for the network. Images earlier in the list come first; the one that
/// everything waits for always gets what it needs, so that reading never stops, and the limit is exceeded by one image at most.
/// </summary>
/// <param name="limit">Bytes, 1 or more.</param>
internal sealed class ReadBudget(long limit)
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<int, Waiter> _waiting = [];
    private long _held;
    private int _urgent = -1;
    private int _watched = -1;
    private TaskCompletionSource? _starved;

    public long Limit => limit;

    /// <summary>Gets what the last images took, on average; 0 until one was read.</summary>
    public long UsualSize { get; private set; }

    /// <summary>Returns a task that ends when the image at a position waits for memory, if it ever does.</summary>
    public Task StarvedAsync(int position)
    {
        lock (_lock)
        {
            if (_waiting.ContainsKey(position))
                return Task.CompletedTask;
            _watched = position;
            _starved = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return _starved.Task;
        }
    }

    /// <summary>Marks the image at a position as the one that everything waits for: it gets memory whatever is held.</summary>
    public void Hurry(int position)
    {
        lock (_lock)
        {
            _urgent = position;
            Admit();
        }
    }

    public ValueTask GrowAsync(ReadLease lease, long total, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            var more = Math.Max(0, total - lease.Held);
            if (more == 0)
                return ValueTask.CompletedTask;
            if (Fits(lease.Position, more) && (_waiting.Count == 0 || lease.Position <= _waiting.First().Key || lease.Position == _urgent))
            {
                Take(lease, more);
                return ValueTask.CompletedTask;
            }
            var waiter = new Waiter(lease, more);
            _waiting.Add(lease.Position, waiter);
            if (_watched == lease.Position)
                _starved?.TrySetResult();
            return new ValueTask(waiter.Admitted.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Notes what an image took in the end.</summary>
    public void Settle(ReadLease lease, long total)
    {
        lock (_lock)
            UsualSize = UsualSize == 0 ? total : (UsualSize * 7 + total) / 8;
        Shrink(lease, total);
    }

    public void Shrink(ReadLease lease, long total)
    {
        lock (_lock)
        {
            _held -= Math.Max(0, lease.Held - total);
            lease.Held = Math.Min(lease.Held, total);
            Admit();
        }
    }

    private bool Fits(int position, long more) => position == _urgent || _held == 0 || _held + more <= limit;

    private void Take(ReadLease lease, long more)
    {
        lease.Held += more;
        _held += more;
    }

    private void Admit()
    {
        while (_waiting.Count > 0 && _waiting.First() is var (position, waiter) && Fits(position, waiter.More))
        {
            _waiting.Remove(position);
            Take(waiter.Lease, waiter.More);
            waiter.Admitted.TrySetResult();
        }
    }

    private sealed record Waiter(ReadLease Lease, long More)
    {
        public TaskCompletionSource Admitted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
