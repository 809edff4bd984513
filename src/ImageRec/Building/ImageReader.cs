using System.Diagnostics;
using System.Threading.Channels;

namespace ImageRec.Building;

/// <summary>Reads images ahead, many at once, and returns them in order. Each holds memory until it is released.</summary>
/// <remarks>
/// Readings begin on threads of their own: one for sources that are asynchronous, more for sources that block, so that those neither wait
/// for one another nor take the thread pool from the app.
/// </remarks>
internal sealed class ImageReader<TItem> : IAsyncDisposable
{
    private const int AtOnce = 64;
    private const int MaxThreads = 16;
    private static readonly TimeSpan s_blocking = TimeSpan.FromMilliseconds(2);
    private readonly IReadOnlyList<PendingImage<TItem>> _images;
    private readonly ImageLimits _limits;
    private readonly ReadBudget _budget;
    private readonly CancellationToken _callers;
    private readonly CancellationTokenSource _stop;
    private readonly SemaphoreSlim _slots;
    private readonly SemaphoreSlim _reading = new(AtOnce);
    private readonly Channel<Task<ReadImage<TItem>>> _begun =
        Channel.CreateUnbounded<Task<ReadImage<TItem>>>(new() { SingleReader = true });
    private readonly Lock _lock = new();
    private readonly List<Task> _threads = [];
    private int _next;

    /// <summary>Begins to read.</summary>
    /// <param name="images">What to read, in order.</param>
    /// <param name="limits">How large images may be.</param>
    /// <param name="slots">Images that are read or held at once, at most.</param>
    /// <param name="budget">Bytes that are held at once.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public ImageReader(
        IReadOnlyList<PendingImage<TItem>> images, ImageLimits limits, int slots, ReadBudget budget, CancellationToken cancellationToken)
    {
        (_images, _limits, _budget, _callers, _slots) = (images, limits, budget, cancellationToken, new SemaphoreSlim(slots));
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        StartThread();
    }

    /// <summary>Returns the next image in order; called again only once the one before has come.</summary>
    public async Task<ReadImage<TItem>> NextAsync()
    {
        try
        {
            var begun = await _begun.Reader.ReadAsync(_callers).ConfigureAwait(false);
            return await begun.ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException or ChannelClosedException && _callers.IsCancellationRequested)
        {
            throw new OperationCanceledException("The reading of the pictures was canceled.", e, _callers);
        }
    }

    /// <summary>Drops an image's bytes.</summary>
    public void Release(ReadImage<TItem> read)
    {
        read.Lease.Release();
        _slots.Release();
    }

    /// <summary>Stops reading and waits until nothing is read any more.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        Task[] threads;
        lock (_lock)
            threads = [.. _threads];
        await Task.WhenAll(threads).ConfigureAwait(false);
        for (var i = 0; i < AtOnce; i++)
            await _reading.WaitAsync(CancellationToken.None).ConfigureAwait(false);
        _stop.Dispose();
    }

    private void StartThread()
    {
        lock (_lock)
        {
            if (_threads.Count < MaxThreads && _next < _images.Count && !_stop.IsCancellationRequested)
                _threads.Add(Task.Factory.StartNew(Begin, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        }
    }

    private void Begin()
    {
        try
        {
            while (BeginOne())
                continue;
        }
        catch (OperationCanceledException)
        {
            // Whoever waits for an image hears of it from its own token.
        }
        finally
        {
            if (_stop.IsCancellationRequested)
                _begun.Writer.TryComplete();
        }
    }

    /// <returns>Whether there may be more.</returns>
    private bool BeginOne()
    {
        lock (_lock)
        {
            if (_next == _images.Count)
                return false;
        }
        _slots.Wait(_stop.Token);
        _reading.Wait(_stop.Token);
        var promise = new TaskCompletionSource<ReadImage<TItem>>(TaskCreationOptions.RunContinuationsAsynchronously);
        int position;
        lock (_lock)
        {
            if (_next == _images.Count)
            {
                // For the other threads, which wait for a free slot as this one did.
                _slots.Release();
                _reading.Release();
                return false;
            }
            position = _next++;
            _begun.Writer.TryWrite(promise.Task);
        }
        var lease = new ReadLease(_budget, position);
        var room = lease.BeginAsync(_stop.Token);
        var started = Stopwatch.GetTimestamp();
        if (!room.IsCompletedSuccessfully)
        {
            // Images later in the list wait with it.
            try
            {
                room.AsTask().GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
                promise.TrySetCanceled(_stop.Token);
                _reading.Release();
                throw;
            }
            started = Stopwatch.GetTimestamp();
        }
        _ = ReadAsync(_images[position], lease, promise);
        if (Stopwatch.GetElapsedTime(started) > s_blocking)
            StartThread();
        return true;
    }

    private async Task ReadAsync(PendingImage<TItem> image, ReadLease lease, TaskCompletionSource<ReadImage<TItem>> promise)
    {
        try
        {
            var source = await image.ReadAsync(_limits, lease, _stop.Token).ConfigureAwait(false);
            lease.End(failed: source is null);
            promise.TrySetResult(new(image, source, lease));
        }
        catch (OperationCanceledException)
        {
            promise.TrySetCanceled(_stop.Token);
        }
#pragma warning disable CA1031 // Handed to whoever waits for the image.
        catch (Exception e)
#pragma warning restore CA1031
        {
            promise.TrySetException(e);
            _ = promise.Task.Exception;
        }
        finally
        {
            _reading.Release();
        }
    }
}
