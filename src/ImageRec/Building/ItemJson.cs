using System.Text.Json;

namespace ImageRec.Building;

/// <summary>The caller's items as the file keeps them.</summary>
internal static class ItemJson
{
    public static string Serialize<TItem>(CatalogEntry<TItem> entry, JsonSerializerOptions options)
    {
        try
        {
            return JsonSerializer.Serialize(entry.Item, options);
        }
        catch (Exception e) when (e is NotSupportedException or JsonException or ArgumentException)
        {
            throw new CatalogException($"Item '{entry.Id}' cannot be kept in a file: {typeof(TItem).Name} does not serialise to JSON ({e.Message}). Set RecommenderBuilder.Json, or build without a file.", e);
        }
    }
}
