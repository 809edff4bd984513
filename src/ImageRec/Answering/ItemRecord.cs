using ImageRec.Storage;

namespace ImageRec.Answering;

/// <summary>An item of a running engine. The caller's object is read from its JSON when it is first asked for.</summary>
internal sealed class ItemRecord<TItem>
{
    private readonly ItemJson<TItem>? _json;
    private object? _item;

    /// <summary>An item that the caller gave.</summary>
    public ItemRecord(StoredItem stored, TItem item) : this(stored) => _item = item;

    /// <summary>An item from a file.</summary>
    public ItemRecord(StoredItem stored, ItemJson<TItem> json) : this(stored) => (_item, _json) = (new Unread(stored.Json ?? "null"), json);

    private ItemRecord(StoredItem stored) => (Key, Id, Category, Hash, Cluster, Distance, Checksum) =
        (stored.Key, stored.Id, stored.Category, stored.Hash!.Value, stored.Cluster, stored.Distance, stored.Checksum);

    public int Key { get; }

    public string Id { get; }

    public string? Category { get; }

    public UInt128 Hash { get; }

    public int Cluster { get; }

    public float Distance { get; }

    /// <summary>Of the item as the file has it.</summary>
    public long Checksum { get; }

    public TItem Item
    {
        get
        {
            if (Volatile.Read(ref _item) is Unread unread)
                Interlocked.CompareExchange(ref _item, _json!.Deserialize(Id, unread.Json), unread);
            return (TItem)_item!;
        }
    }

    private sealed record Unread(string Json);
}
