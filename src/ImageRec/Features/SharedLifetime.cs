namespace ImageRec.Features;

/// <summary>
/// Frees something exactly once: when its owner has ended it and nobody uses it any more. Thread-safe; no call ever waits.
/// </summary>
/// <param name="free">Frees it, on the thread that ends it or on the last that leaves.</param>
internal sealed class SharedLifetime(Action free)
{
    private readonly Lock _lock = new();
    private int _users;
    private bool _ended;

    /// <summary>Whether the owner has ended it.</summary>
    public bool HasEnded
    {
        get
        {
            lock (_lock)
                return _ended;
        }
    }

    /// <summary>Begins a use, which keeps it from being freed until <see cref="Leave"/>; false when it has ended.</summary>
    public bool TryEnter()
    {
        lock (_lock)
        {
            if (_ended)
                return false;
            _users++;
            return true;
        }
    }

    /// <summary>Ends a use.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _users--;
            if (_users > 0 || !_ended)
                return;
        }
        free();
    }

    /// <summary>Ends it; only the first call has an effect.</summary>
    public void End()
    {
        lock (_lock)
        {
            if (_ended)
                return;
            _ended = true;
            if (_users > 0)
                return;
        }
        free();
    }
}
