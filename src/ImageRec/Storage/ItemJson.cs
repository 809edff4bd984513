using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImageRec.Storage;

/// <summary>Writes the caller's items as JSON for the file, and reads them back.</summary>
/// <param name="chosen">The caller's options; null for the library's.</param>
internal sealed class ItemJson<TItem>(JsonSerializerOptions? chosen)
{
    private readonly JsonSerializerOptions _options = chosen is null ? ItemJsonOptions.Default : ItemJsonOptions.Complete(chosen);
    private JsonTypeInfo<TItem>? _type;

    /// <exception cref="CatalogException">JSON does not carry this item.</exception>
    public string Serialize(CatalogEntry<TItem> entry)
    {
        try
        {
            return JsonSerializer.Serialize(entry.Item, Type());
        }
#pragma warning disable CA1031 // Getters and converters of the caller's may throw anything: the item is named.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new CatalogException(
                $"Item '{entry.Id}' cannot be kept in a file: {typeof(TItem).Name} does not serialize to JSON ({e.Message}). Set "
                + "RecommenderBuilder.Json, or build without a file.", e);
        }
    }

    /// <exception cref="CatalogFileException">The file's JSON does not fit the type.</exception>
    public TItem Deserialize(string id, string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, Type())!;
        }
#pragma warning disable CA1031 // Setters and converters of the caller's may throw anything: the item is named.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new CatalogFileException(
                $"Item '{id}' cannot be read as {typeof(TItem).Name}: {e.Message} Open the catalog with the type and the JSON options it "
                + "was built with.", e);
        }
    }

    /// <summary>Checks that items come back from a file as they went in.</summary>
    /// <param name="entries">The items to be stored.</param>
    /// <exception cref="CatalogException">Part of an item would be lost; the message names the type and the property.</exception>
    public void RequireRoundTrip(IReadOnlyList<CatalogEntry<TItem>> entries)
    {
        var shapes = new ItemShapes(_options);
        var step = Math.Max(1, entries.Count / MostChecked);
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            var seen = entry.Item is null || !shapes.Require(typeof(TItem), entry.Item.GetType(), entry.Id);
            if (seen && i % step != 0)
                continue;
            RequireRoundTrip(entry);
            if (entry.Item is { } item)
                shapes.RequireDeclaredWithin(item, typeof(TItem), entry.Id);
        }
    }

    // Similar items are lost in the same way: a few thousand of a large catalog are enough.
    private const int MostChecked = 5000;

    private void RequireRoundTrip(CatalogEntry<TItem> entry)
    {
        if (entry.Item is null)
            return;
        string? lost;
        var written = Serialize(entry);
        try
        {
            lost = JsonSerializer.Deserialize(written, Type()) is { } again
                ? ItemRoundTrip.FirstLost(entry.Item, again, Type())
                : "(whole)";
        }
#pragma warning disable CA1031 // Setters, getters and converters of the caller's may throw anything: the item is named.
        catch (Exception e)
#pragma warning restore CA1031
        {
            throw new CatalogException(
                $"Item '{entry.Id}' cannot be kept in a file: its JSON does not read back as {typeof(TItem).Name} ({e.Message}). "
                + "Give the type a constructor or settable properties that System.Text.Json can use, set RecommenderBuilder.Json, or build "
                + "without a file.", e);
        }
        if (lost is not null)
            throw new CatalogException(
                $"Item '{entry.Id}' cannot be kept in a file: {typeof(TItem).Name}.{lost} does not come back from its JSON. "
                + "Make it settable (init or a constructor parameter), mark it [JsonIgnore], set RecommenderBuilder.Json, or build "
                + "without a file.");
    }

    /// <summary>Returns how the type is written.</summary>
    public JsonTypeInfo<TItem> Type()
    {
        if (_type is not null)
            return _type;
        try
        {
            return _type = (JsonTypeInfo<TItem>)_options.GetTypeInfo(typeof(TItem));
        }
        catch (NotSupportedException e) when (chosen is not null)
        {
            throw new NotSupportedException(
                $"{e.Message} RecommenderBuilder.Json has no metadata for {typeof(TItem).Name}: add it to the JsonSerializerContext.", e);
        }
    }
}
