namespace ImageRec.Sharing.Stores;

/// <summary>Notes which shards one query is answered without. Thread-safe.</summary>
internal sealed class AwayShards
{
    private readonly SortedDictionary<int, SharedCatalogException> _errors = [];

    /// <summary>Gets the numbers of the shards, ascending.</summary>
    public IReadOnlyList<int> Numbers
    {
        get
        {
            lock (_errors)
                return [.. _errors.Keys];
        }
    }

    public bool Contains(int shard)
    {
        lock (_errors)
            return _errors.ContainsKey(shard);
    }

    public void Add(int shard, SharedCatalogException error)
    {
        lock (_errors)
            _errors.TryAdd(shard, error);
    }

    /// <summary>Returns answers that say which shards they lack.</summary>
    /// <param name="answers">What the other shards have given.</param>
    /// <param name="shards">How many shards the catalog has.</param>
    /// <exception cref="SharedCatalogException">There are no other shards.</exception>
    public IReadOnlyList<Recommendation<TItem>> Mark<TItem>(IReadOnlyList<Recommendation<TItem>> answers, int shards)
    {
        lock (_errors)
            return _errors.Count == 0 ? answers
                : _errors.Count < shards ? new PartialAnswers<TItem>(answers, [.. _errors.Keys])
                : throw _errors.Values.First();
    }
}
