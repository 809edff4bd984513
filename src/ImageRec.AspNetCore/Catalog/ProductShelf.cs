namespace ImageRec.AspNetCore.Catalog;

/// <summary>
/// The listed products by id and in order, with the changes since. Readers see a snapshot; after a change the next reader takes another.
/// </summary>
internal sealed class ProductShelf<TItem>(Func<TItem, string> id)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, TItem> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ProductChange<TItem>> _changes = new(StringComparer.Ordinal);
    private TItem[]? _snapshot = [];
    private long _clock;

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

    /// <summary>The picture that was put with a product, when nobody else keeps it.</summary>
    public ImageSource? PictureOf(string productId)
    {
        lock (_gate)
            return _changes.TryGetValue(productId, out var change) ? change.Picture : null;
    }

    /// <summary>Notes that a listing begins, for <see cref="Fill"/>: changes from now on are not in it.</summary>
    public long BeginListing()
    {
        lock (_gate)
            return ++_clock;
    }

    /// <summary>
    /// Replaces everything that was listed. Changes that the app has not stored stay in force, and so do those after the listing began.
    /// </summary>
    /// <param name="items">The products.</param>
    /// <param name="listing">What <see cref="BeginListing"/> returned.</param>
    /// <exception cref="CatalogException">An id is empty, comes twice or cannot be read.</exception>
    public void Fill(IReadOnlyList<TItem> items, long listing)
    {
        var listed = ListedProducts.ById(items, id);
        lock (_gate)
        {
            foreach (var (key, change) in _changes.Where(c => c.Value.IsStored && c.Value.Moment < listing).ToList())
                _changes.Remove(key);
            _byId.Clear();
            foreach (var (key, item) in listed)
            {
                if (!_changes.ContainsKey(key))
                    _byId.Add(key, item);
                else if (_changes[key] is { IsRemoval: false } put)
                    _byId.Add(key, put.Item!);
            }
            foreach (var (key, put) in _changes.Where(c => !c.Value.IsRemoval))
                _byId.TryAdd(key, put.Item!);
            Changed();
        }
    }

    /// <summary>Adds or replaces a product.</summary>
    /// <param name="productId">Its id.</param>
    /// <param name="item">The product.</param>
    /// <param name="picture">Its picture when the app has not stored it; null when the next listing has the product.</param>
    public void Put(string productId, TItem item, ImageSource? picture)
    {
        lock (_gate)
        {
            _byId[productId] = item;
            _changes[productId] = new(item, picture, IsRemoval: false, IsStored: picture is null, ++_clock);
            Changed();
        }
    }

    /// <summary>Removes a product.</summary>
    /// <param name="productId">Its id.</param>
    /// <param name="isStored">Whether the next listing lacks the product.</param>
    public void Remove(string productId, bool isStored)
    {
        lock (_gate)
        {
            _byId.Remove(productId);
            _changes[productId] = new(default, null, IsRemoval: true, isStored, ++_clock);
            Changed();
        }
    }

    private void Changed() => (_snapshot, Version) = (null, Version + 1);
}
