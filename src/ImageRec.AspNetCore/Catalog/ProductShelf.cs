namespace ImageRec.AspNetCore;

/// <summary>The listed products by id and in order. Readers see a snapshot; a change makes the next reader take another.</summary>
internal sealed class ProductShelf<TItem>(Func<TItem, string> id)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TItem> _byId = new(StringComparer.Ordinal);
    private TItem[]? _snapshot = [];

    /// <summary>Grows with every change, so that what was derived from a snapshot can be kept until then.</summary>
    public int Version { get; private set; }

    public IReadOnlyList<TItem> All
    {
        get
        {
            lock (_gate)
                return _snapshot ??= [.. _byId.Values];
        }
    }

    public bool TryGet(string productId, out TItem item)
    {
        lock (_gate)
            return _byId.TryGetValue(productId, out item!);
    }

    /// <summary>Takes the place of everything that was listed.</summary>
    /// <exception cref="CatalogException">An id is empty or comes twice.</exception>
    public void Fill(IReadOnlyList<TItem> items)
    {
        lock (_gate)
        {
            var listed = new Dictionary<string, TItem>(items.Count, StringComparer.Ordinal);
            foreach (var item in items)
            {
                var key = id(item);
                if (string.IsNullOrEmpty(key))
                    throw new CatalogException($"The product after {listed.Count} others has no id; every product needs one of its own.");
                if (!listed.TryAdd(key, item))
                    throw new CatalogException($"The id '{key}' comes twice; every product needs one of its own.");
            }
            _byId.Clear();
            foreach (var (key, item) in listed)
                _byId.Add(key, item);
            Changed();
        }
    }

    public void Put(TItem item)
    {
        lock (_gate)
        {
            _byId[id(item)] = item;
            Changed();
        }
    }

    public bool Remove(string productId)
    {
        lock (_gate)
        {
            if (!_byId.Remove(productId))
                return false;
            Changed();
            return true;
        }
    }

    private void Changed() => (_snapshot, Version) = (null, Version + 1);
}
