using ImageRec.Vectors;

namespace ImageRec.Answering;

/// <summary>
/// Holds the items of an engine at one moment: by key, by id and by image. Immutable; a change makes another table in time that grows with
/// the change, not with the table.
/// </summary>
internal sealed class ItemTable<TItem>
{
    private readonly PagedArray<ItemRecord<TItem>> _records;
    private readonly KeyChains _ids;
    private readonly KeyChains _images;

    private ItemTable(PagedArray<ItemRecord<TItem>> records, KeyChains ids, KeyChains images, int count, int nextKey) =>
        (_records, _ids, _images, Count, NextKey) = (records, ids, images, count, nextKey);

    public static ItemTable<TItem> Empty { get; } = new(PagedArray<ItemRecord<TItem>>.Empty, KeyChains.Empty, KeyChains.Empty, 0, 0);

    public int Count { get; }

    /// <summary>Gets one more than the highest key that may be in use.</summary>
    public int KeyBound => _records.Length;

    /// <summary>Gets the key after the highest that is or was in use.</summary>
    public int NextKey { get; }

    /// <summary>Gets the records by key, null where there is none.</summary>
    public PagedArray<ItemRecord<TItem>> Records => _records;

    /// <summary>Gets the items in catalog order.</summary>
    public IEnumerable<ItemRecord<TItem>> InOrder
    {
        get
        {
            for (var key = 0; key < _records.Length; key++)
                if (_records[key] is { } record)
                    yield return record;
        }
    }

    public static ItemTable<TItem> Of(IReadOnlyCollection<ItemRecord<TItem>> records)
    {
        var change = Empty.Begin(records.Count);
        // The last that is added comes first in a chain: of items with one image, the first of the catalog is found.
        foreach (var record in records.OrderByDescending(record => record.Key))
            change.Set(record);
        return change.Complete();
    }

    public ItemRecord<TItem>? ByKey(int key) => key < 0 ? null : _records[key];

    public ItemRecord<TItem>? ById(string id)
    {
        for (var key = _ids.First(IdHash(id)); key >= 0; key = _ids.After(key))
            if (_records[key] is { } record && record.Id == id)
                return record;
        return null;
    }

    /// <summary>Returns the checksum of an item; 0 for one that is not there.</summary>
    public long ChecksumOf(int key) => ByKey(key)?.Checksum ?? 0;

    /// <summary>Returns the first item whose image has exactly these bytes.</summary>
    public ItemRecord<TItem>? ByImage(UInt128 hash)
    {
        for (var key = _images.First(ImageHash(hash)); key >= 0; key = _images.After(key))
            if (_records[key] is { } record && record.Hash == hash)
                return record;
        return null;
    }

    /// <summary>Returns the items whose image has exactly these bytes, in no particular order.</summary>
    public IEnumerable<ItemRecord<TItem>> AllByImage(UInt128 hash)
    {
        for (var key = _images.First(ImageHash(hash)); key >= 0; key = _images.After(key))
            if (_records[key] is { } record && record.Hash == hash)
                yield return record;
    }

    /// <summary>Begins a change.</summary>
    /// <param name="more">How many items it is likely to add.</param>
    public Change Begin(int more = 0) => new(this, more);

    private static int IdHash(string id) => string.GetHashCode(id, StringComparison.Ordinal);

    private static int ImageHash(UInt128 hash) => (int)((ulong)hash ^ ((ulong)hash >> 32));

    internal sealed class Change
    {
        private readonly PagedArray<ItemRecord<TItem>>.Change _records;
        private readonly KeyChains.Change _ids;
        private readonly KeyChains.Change _images;
        private int _count;
        private int _nextKey;

        public Change(ItemTable<TItem> before, int more)
        {
            (_records, _ids, _images) = (before._records.Begin(), before._ids.Begin(), before._images.Begin());
            (_count, _nextKey) = (before.Count, before.NextKey);
            Reserve(_count + more);
        }

        /// <summary>Adds an item, or replaces the one with its key.</summary>
        public void Set(ItemRecord<TItem> record)
        {
            if (_records[record.Key] is { } old)
            {
                // Without a new image or id, all hash chains stay as they are.
                if (old.Hash == record.Hash && old.Id == record.Id)
                {
                    _records[record.Key] = record;
                    return;
                }
                Remove(old);
            }
            Reserve(_count + 1);
            _records[record.Key] = record;
            _ids.Add(IdHash(record.Id), record.Key);
            AddImage(record);
            _nextKey = Math.Max(_nextKey, record.Key + 1);
            _count++;
        }

        /// <summary>Adds an item to those with its image; the first in the catalog stays first.</summary>
        private void AddImage(ItemRecord<TItem> record)
        {
            var code = ImageHash(record.Hash);
            for (var key = _images.First(code); key >= 0; key = _images.After(key))
            {
                if (_records[key]!.Hash != record.Hash)
                    continue;
                if (key > record.Key)
                    break;
                _images.AddAfter(key, record.Key);
                return;
            }
            _images.Add(code, record.Key);
        }

        /// <summary>Removes an item that is there.</summary>
        public void Remove(ItemRecord<TItem> record)
        {
            _records[record.Key] = null;
            _ids.Remove(IdHash(record.Id), record.Key);
            _images.Remove(ImageHash(record.Hash), record.Key);
            _count--;
        }

        public ItemTable<TItem> Complete() => new(_records.Complete(), _ids.Complete(), _images.Complete(), _count, _nextKey);

        /// <summary>Doubles the hash tables when they get full: rare enough to cost a constant share of each item.</summary>
        private void Reserve(int count)
        {
            if (count <= _ids.Buckets)
                return;
            _ids.Reset(2 * count);
            _images.Reset(2 * count);
            for (var key = _nextKey - 1; key >= 0; key--)
            {
                if (_records[key] is not { } record)
                    continue;
                _ids.Add(IdHash(record.Id), key);
                _images.Add(ImageHash(record.Hash), key);
            }
        }
    }
}
