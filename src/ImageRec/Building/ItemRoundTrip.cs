using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImageRec.Building;

/// <summary>Compares an item with what its JSON gave back, property by property.</summary>
/// <remarks>Properties that are computed from others are left out: the JSON shows them, nothing reads them, and on another object they may not even work.</remarks>
internal static class ItemRoundTrip
{
    /// <summary>The first property that holds something else than before.</summary>
    /// <returns>Null when none does.</returns>
    public static string? FirstLost(object before, object after, JsonTypeInfo type)
    {
        if (type.Kind != JsonTypeInfoKind.Object)
            return Same(before, after, type) ? null : "(whole)";
        foreach (var property in type.Properties)
        {
            if (property.Get is not { } get || !HoldsState(property))
                continue;
            var (old, now) = (get(before), get(after));
            if (old is null && now is null)
                continue;
            if (old is null || now is null || !Same(old, now, type.Options.GetTypeInfo(property.PropertyType)))
                return property.Name;
        }
        return null;
    }

    private static bool Same(object before, object after, JsonTypeInfo type)
    {
        var written = JsonSerializer.Serialize(before, type);
        try
        {
            return written == JsonSerializer.Serialize(after, type);
        }
#pragma warning disable CA1031 // A getter of the caller's may throw anything on an object that was made without what its JSON leaves out on purpose.
        catch (Exception)
#pragma warning restore CA1031
        {
            return true;
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "A backing field is kept with its property.")]
    private static bool HoldsState(JsonPropertyInfo property) => property.Set is not null || property.AssociatedParameter is not null
        || (property.AttributeProvider is PropertyInfo { DeclaringType: { } owner } info
            && (info.SetMethod is not null || owner.GetField($"<{info.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance) is not null));
}
