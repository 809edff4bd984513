using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImageRec.Storage;

/// <summary>Compares an item with what its JSON reads back as, property by property.</summary>
internal static class ItemRoundTrip
{
    /// <summary>Returns the name of the first property that holds something else than before.</summary>
    /// <returns>Null when none does.</returns>
    public static string? FirstLost(object before, object after, JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return Same(before, after, type) ? null : "(whole)";
        foreach (var property in type.Properties)
        {
            // The property has its own converter: the JSON of its type decides nothing.
            if (property.Get is not { } get || property.CustomConverter is not null || property.NumberHandling is not null)
                continue;
            var old = get(before);
            if (!TryGet(get, after, out var now) || (old is null && now is null))
                continue;
            if (old is null || now is null || !Same(old, now, type.Options.GetTypeInfo(property.PropertyType)))
                return property.Name;
        }
        return null;
    }

    private static bool Same(object before, object after, JsonTypeInfo type)
    {
        var written = JsonSerializer.Serialize(before, type);
        return !TryGet(item => JsonSerializer.Serialize(item!, type), after, out var again) || written == again;
    }

    /// <summary>
    /// Reads a copy, whose getters may throw anything when it was made without what its JSON leaves out on purpose: then there is nothing
    /// to compare.
    /// </summary>
    private static bool TryGet<T>(Func<object, T> get, object copy, out T? value)
    {
        try
        {
            value = get(copy);
            return true;
        }
#pragma warning disable CA1031 // See above.
        catch (Exception)
#pragma warning restore CA1031
        {
            value = default;
            return false;
        }
    }
}
