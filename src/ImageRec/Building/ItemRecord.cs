using System.Text.Json;
using ImageRec.Storage;

namespace ImageRec.Building;

/// <summary>An item of a running engine. The caller's object is read from its JSON when it is first asked for.</summary>
internal sealed class ItemRecord<TItem>
{
    private readonly JsonSerializerOptions? _options;
    private object? _item;

    /// <summary>An item that the caller gave.</summary>
    public ItemRecord(StoredItem stored, TItem item)
    {
        (Key, Id, Category, Hash, Cluster, Distance) = (stored.Key, stored.Id, stored.Category, stored.Hash!.Value, stored.Cluster, stored.Distance);
        _item = item;
    }

    /// <summary>An item from a file.</summary>
    public ItemRecord(StoredItem stored, JsonSerializerOptions options)
    {
        (Key, Id, Category, Hash, Cluster, Distance) = (stored.Key, stored.Id, stored.Category, stored.Hash!.Value, stored.Cluster, stored.Distance);
        (_item, _options) = (new Json(stored.Json ?? "null"), options);
    }

    public int Key { get; }

    public string Id { get; }

    public string? Category { get; }

    public UInt128 Hash { get; }

    public int Cluster { get; }

    public float Distance { get; }

    public TItem Item
    {
        get
        {
            if (Volatile.Read(ref _item) is Json json)
                Interlocked.CompareExchange(ref _item, Deserialize(json.Text), json);
            return (TItem)_item!;
        }
    }

    public StoredItem ToStored(string? json) => new()
    {
        Key = Key,
        Id = Id,
        Category = Category,
        Json = json,
        Hash = Hash,
        Cluster = Cluster,
        Distance = Distance,
    };

    private object? Deserialize(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<TItem>(json, _options);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new CatalogFileException($"Item '{Id}' cannot be read as {typeof(TItem).Name}: {e.Message} Open the catalogue with the type and the JSON options it was built with.", e);
        }
    }

    private sealed record Json(string Text);
}
