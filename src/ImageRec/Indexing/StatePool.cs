namespace ImageRec.Indexing;

/// <summary>Lends query states, so that a search allocates nothing once there were enough.</summary>
internal sealed class StatePool
{
    private readonly QueryState?[] _idle = new QueryState?[2 * Environment.ProcessorCount];

    public QueryState Rent()
    {
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] != null && Interlocked.Exchange(ref _idle[i], null) is { } state)
                return state;
        }
        return new QueryState();
    }

    public void Return(QueryState state)
    {
        state.Finish();
        for (var i = 0; i < _idle.Length; i++)
        {
            if (_idle[i] == null && Interlocked.CompareExchange(ref _idle[i], state, null) == null)
                return;
        }
    }
}
