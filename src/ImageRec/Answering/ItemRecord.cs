using ImageRec.Storage;

namespace ImageRec.Answering;

/// <summary>Holds an item of a running engine. The caller's object is read from its JSON on first use.</summary>
internal sealed class ItemRecord<TItem>
{
    private readonly ItemJson<TItem>? _json;
    private object? _item;

    /// <summary>Creates the record of an item that the caller has passed.</summary>
    public ItemRecord(StoredItem stored, int categoryNumber, TItem item) : this(stored, categoryNumber) => _item = item;

    /// <summary>Creates the record of an item in a file.</summary>
    public ItemRecord(StoredItem stored, int categoryNumber, ItemJson<TItem> json) : this(stored, categoryNumber) =>
        (_item, _json) = (new Unread(stored.Json ?? "null"), json);

    private ItemRecord(StoredItem stored, int categoryNumber) =>
        (Key, Id, Category, CategoryNumber, Hash, Cluster, Distance, Checksum) =
        (stored.Key, stored.Id, stored.Category, categoryNumber, stored.Hash!.Value, stored.Cluster, stored.Distance, stored.Checksum);

    public int Key { get; }

    public string Id { get; }

    public string? Category { get; }

    /// <summary>
    /// Gets the number of the learned category that the item counts as of; -1 when it counts as none, as where none comes first.
    /// </summary>
    public int CategoryNumber { get; }

    public UInt128 Hash { get; }

    public int Cluster { get; }

    public float Distance { get; }

    /// <summary>Gets the checksum of the item in the file.</summary>
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
