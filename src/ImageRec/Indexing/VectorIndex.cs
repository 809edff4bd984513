using ImageRec.Vectors;

namespace ImageRec.Indexing;

/// <summary>
/// Holds the rows as they change: changes make a new snapshot, merging goes on behind them, readers take the latest snapshot.
/// </summary>
/// <remarks>
/// A log-structured merge tree (O'Neil et al., 1996) of segments: new rows go to a tail that is searched row by row, and from time to time
/// a tail and the smaller segments become one segment, with cells of their own.
/// </remarks>
internal sealed class VectorIndex(IndexSettings settings) : IAsyncDisposable
{
    private readonly Lock _writing = new();
    private readonly SemaphoreSlim _merging = new(1);
    private readonly CancellationTokenSource _stop = new();
    private IndexSnapshot _snapshot = IndexSnapshot.Empty;
    private Task _maintenance = Task.CompletedTask;
    private bool _tailIsMerging;
    private int _lastId;

    // Counts how often changes were undone.
    private int _wentBack;

    /// <summary>All rows after the latest change.</summary>
    public IndexSnapshot Snapshot => Volatile.Read(ref _snapshot);

    /// <summary>The merging that is running, or ran last; fails when merging failed.</summary>
    public Task Maintenance
    {
        get
        {
            lock (_writing)
                return _maintenance;
        }
    }

    /// <summary>Adds or replaces rows.</summary>
    public void Upsert(ReadOnlySpan<int> keys, FeatureMatrix rows)
    {
        lock (_writing)
        {
            if (keys.Length > 0)
                Publish(new SnapshotChange(_snapshot).Upsert(keys, rows, OpenChunk(keys.Length, rows.Columns)));
            MaintainIfDue();
        }
    }

    /// <summary>Deletes rows.</summary>
    public void Remove(ReadOnlySpan<int> keys)
    {
        lock (_writing)
        {
            Publish(new SnapshotChange(_snapshot).Remove(keys));
            MaintainIfDue();
        }
    }

    /// <summary>Fills an empty index with segments that were stored, whose rows have been read.</summary>
    /// <param name="segments">Segments with different ids, 1 and up.</param>
    /// <param name="locations">Where the rows lie that still hold.</param>
    /// <param name="count">How many those are.</param>
    public void Restore(IReadOnlyList<SegmentPart> segments, PagedArray<RowLocation> locations, int count)
    {
        lock (_writing)
        {
            if (_snapshot != IndexSnapshot.Empty)
            {
                throw new InvalidOperationException(
                    $"The index holds {_snapshot.Count} rows already; state can be loaded into an empty one only.");
            }
            _lastId = segments.Max(part => part.Segment.Id);
            SegmentPart[] largestFirst = [.. segments.OrderByDescending(part => part.Segment.Count)];
            Publish(new IndexSnapshot(segments[0].Segment.Dimensions, count, largestFirst, [], locations, 1));
        }
    }

    /// <summary>Undoes every change since a snapshot was the latest; nothing is read or copied.</summary>
    public void GoBack(IndexSnapshot snapshot)
    {
        lock (_writing)
        {
            Publish(snapshot with { Version = _snapshot.Version + 1 });
            // A merge that goes on may have left rows out that hold again, and taken in others: it is not to be used.
            _wentBack++;
            // And it may still read what was undone: what comes next must not be written over it.
            _tailIsMerging = true;
        }
    }

    /// <summary>Builds all rows into one segment, as a fresh build would.</summary>
    public async Task OptimizeAsync(CancellationToken cancellationToken)
    {
        await _merging.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await Task.Run(
                () =>
                {
                    while (Merge(MergePlan.Whole, settings, cancellationToken))
                    {
                    }
                },
                cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _merging.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await Maintenance.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_writing)
        {
            _snapshot.Free();
            Publish(IndexSnapshot.Empty);
        }
        _stop.Dispose();
    }

    private void Publish(IndexSnapshot snapshot) => Volatile.Write(ref _snapshot, snapshot);

    private TailChunk OpenChunk(int rows, int dimensions)
    {
        if (!_tailIsMerging && _snapshot.Tail is [.., var last] && last.Chunk.Capacity - last.Count >= rows)
            return last.Chunk;
        _tailIsMerging = false;
        return new TailChunk(++_lastId, Math.Max(rows, settings.TailRows), dimensions);
    }

    private void MaintainIfDue()
    {
        if (_maintenance.IsCompleted && !_stop.IsCancellationRequested && MergePlan.Due(_snapshot, settings) != null)
            _maintenance = Task.Factory.StartNew(Maintain, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>
    /// Merges what is due, on a thread of its own and at most half of the others: work that took every thread of the pool would keep
    /// queries waiting until the pool grows.
    /// </summary>
    private void Maintain()
    {
        _merging.Wait(_stop.Token);
        try
        {
            var background = settings with { Threads = Math.Max(1, settings.Threads / 2) };
            while (Merge(MergePlan.Due, background, _stop.Token))
            {
            }
        }
        finally
        {
            _merging.Release();
        }
    }

    private bool Merge(Func<IndexSnapshot, IndexSettings, MergePlan?> choose, IndexSettings building, CancellationToken cancellationToken)
    {
        MergePlan? plan;
        int id, wentBack;
        lock (_writing)
        {
            wentBack = _wentBack;
            plan = choose(_snapshot, settings);
            if (plan == null)
                return false;
            // What is merged must not grow meanwhile.
            _tailIsMerging |= plan.Tail.Count > 0;
            id = ++_lastId;
        }
        if (plan.Rows() is not { } rows)
            return false;
        var segment = rows.Count == 0 ? null : SegmentBuilder.Build(rows, id, building, cancellationToken);
        GC.KeepAlive(plan);
        lock (_writing)
        {
            if (wentBack == _wentBack)
                Publish(new SnapshotChange(_snapshot).Replace(plan, segment));
        }
        return true;
    }
}
