using System.Collections.Concurrent;

namespace ImageRec.Building;

/// <summary>The items of a running engine by key, by id and by picture. One writer, any number of readers that never wait.</summary>
internal sealed class ItemTable<TItem>
{
    private readonly ConcurrentDictionary<string, ItemRecord<TItem>> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<UInt128, int> _byPicture = new();
    private ItemRecord<TItem>?[] _byKey;

    public ItemTable(IReadOnlyCollection<ItemRecord<TItem>> records)
    {
        _byKey = new ItemRecord<TItem>?[records.Count == 0 ? 16 : records.Max(r => r.Key) + 1];
        foreach (var record in records)
            Set(record);
    }

    public int Count => _byId.Count;

    /// <summary>The highest key in use plus one.</summary>
    public int KeyBound => Volatile.Read(ref _byKey).Length;

    /// <summary>Items in catalogue order, as they are now.</summary>
    public IEnumerable<ItemRecord<TItem>> InOrder
    {
        get
        {
            var byKey = Volatile.Read(ref _byKey);
            for (var i = 0; i < byKey.Length; i++)
                if (byKey[i] is { } record)
                    yield return record;
        }
    }

    public ItemRecord<TItem>? ByKey(int key)
    {
        var byKey = Volatile.Read(ref _byKey);
        return (uint)key < (uint)byKey.Length ? byKey[key] : null;
    }

    public ItemRecord<TItem>? ById(string id) => _byId.GetValueOrDefault(id);

    /// <summary>An item whose picture has these very bytes.</summary>
    public ItemRecord<TItem>? ByPicture(UInt128 hash) =>
        _byPicture.TryGetValue(hash, out var key) && ByKey(key) is { } record && record.Hash == hash ? record : null;

    public void Set(ItemRecord<TItem> record)
    {
        if (record.Key >= _byKey.Length)
        {
            var larger = new ItemRecord<TItem>?[Math.Max(record.Key + 1, _byKey.Length + _byKey.Length / 2)];
            _byKey.CopyTo(larger, 0);
            Volatile.Write(ref _byKey, larger);
        }
        Forget(record.Key);
        Volatile.Write(ref _byKey[record.Key], record);
        _byId[record.Id] = record;
        _byPicture.TryAdd(record.Hash, record.Key);
    }

    public void Remove(ItemRecord<TItem> record)
    {
        Forget(record.Key);
        Volatile.Write(ref _byKey[record.Key], null);
        _byId.TryRemove(record.Id, out _);
    }

    private void Forget(int key)
    {
        if (_byKey[key] is not { } old || !_byPicture.TryRemove(new KeyValuePair<UInt128, int>(old.Hash, key)))
            return;
        // Rare: another item may show the same picture.
        if (InOrder.FirstOrDefault(other => other.Hash == old.Hash && other.Key != key) is { } twin)
            _byPicture.TryAdd(twin.Hash, twin.Key);
    }
}
