namespace ImageRec.Features;

/// <summary>Frees something exactly once: when its owner has ended it and nobody uses it any more. Thread-safe; nothing ever waits.</summary>
/// <param name="free">Frees it, on the thread that ends it or the last that leaves.</param>
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

    /// <summary>Keeps it from being freed until <see cref="Leave"/>; false when it has ended.</summary>
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

    /// <summary>Ends it; from the second call on nothing happens.</summary>
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
