namespace ImageRec.Indexing;

/// <summary>Counts who is using something, so that it is freed only when nobody does, and nobody can begin to use it afterwards.</summary>
/// <param name="name">What <see cref="ObjectDisposedException"/> calls it.</param>
internal sealed class UseCount(string name)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _uses = 1;
    private int _closed;

    /// <summary>Whether <see cref="CloseAsync"/> was called.</summary>
    public bool IsClosed => Volatile.Read(ref _closed) != 0;

    /// <summary>Begins a use, which ends when the result is disposed.</summary>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    public Use Enter()
    {
        Require();
        // One that comes between the look and the count is waited for like any other.
        Interlocked.Increment(ref _uses);
        if (IsClosed)
        {
            Leave();
            Require();
        }
        return new Use(this);
    }

    /// <summary>Requires that it is open.</summary>
    /// <exception cref="ObjectDisposedException">It was closed.</exception>
    public void Require()
    {
        if (IsClosed)
            throw Closed();
    }

    private ObjectDisposedException Closed() => new(name);

    /// <summary>Lets nobody in from now on.</summary>
    /// <returns>Completes when the last use has ended.</returns>
    public Task CloseAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) == 0)
            Leave();
        return _ended.Task;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref _uses) == 0)
            _ended.TrySetResult();
    }

    internal readonly struct Use(UseCount owner) : IDisposable
    {
        public void Dispose() => owner.Leave();
    }
}
