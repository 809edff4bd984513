using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using ImageRec.Sharing.Stores;

namespace ImageRec.Sharing.Filters;

/// <summary>Knows which properties of an item the store keeps beside the row, so that it can filter by them.</summary>
internal sealed partial class DeclaredAttributes
{
    private readonly Dictionary<string, JsonPropertyInfo> _byName;

    private DeclaredAttributes(Dictionary<string, JsonPropertyInfo> byName) => _byName = byName;

    /// <summary>Gets the names in JSON.</summary>
    public IReadOnlyList<string> Names => [.. _byName.Keys];

    /// <summary>Gets how the values are written.</summary>
    public Dictionary<string, AttributeKind> Kinds() => _byName.ToDictionary(pair => pair.Key, pair => KindOf(pair.Value));

    /// <summary>Finds properties by the names that an app gives, those in code or those in JSON.</summary>
    /// <exception cref="SharedCatalogException">The type has no such property, or it cannot be filtered by.</exception>
    public static DeclaredAttributes Find(JsonTypeInfo type, IEnumerable<string> names)
    {
        var found = new Dictionary<string, JsonPropertyInfo>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            var property = type.Properties.FirstOrDefault(p => MemberOf(p)?.Name == name || p.Name == name)
                ?? throw new SharedCatalogException(
                    $"The attribute '{name}' cannot be declared: {type.Type.Name} has no such property in its JSON. It has "
                    + $"{string.Join(", ", type.Properties.Select(p => MemberOf(p)?.Name ?? p.Name))}.");
            if (!IsScalar(property.PropertyType))
                throw new SharedCatalogException(
                    $"The attribute '{name}' of {type.Type.Name} cannot be declared: it is {property.PropertyType.Name}. Numbers, strings, "
                    + "truth values and enumerations can; filter by others with any function.");
            if (!PlainName().IsMatch(property.Name))
                throw new SharedCatalogException(
                    $"The attribute '{name}' of {type.Type.Name} cannot be declared: its name in JSON is '{property.Name}'. Stores filter "
                    + "by names of letters, digits and underscores that begin with a letter.");
            found[property.Name] = property;
        }
        return new DeclaredAttributes(found);
    }

    /// <summary>
    /// Returns those of a catalog's attributes that a type has: items may be read as another type than they were written.
    /// </summary>
    public static DeclaredAttributes Known(JsonTypeInfo type, IEnumerable<string> names) => new(
        names.Select(name => type.Properties.FirstOrDefault(p => p.Name == name)).OfType<JsonPropertyInfo>()
            .ToDictionary(property => property.Name, StringComparer.Ordinal));

    /// <summary>Returns the property that a member of the type is; null when it is not declared.</summary>
    public JsonPropertyInfo? Of(MemberInfo member) => _byName.Values.FirstOrDefault(p => MemberOf(p)?.Name == member.Name);

    /// <summary>Returns the values of an item. What is null is left out: it matches nothing.</summary>
    /// <exception cref="CatalogException">A value is an object or a list.</exception>
    public Dictionary<string, JsonElement> ValuesOf(string id, string json)
    {
        var values = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        if (_byName.Count == 0)
            return values;
        using var document = JsonDocument.Parse(json);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            return values;
        foreach (var name in _byName.Keys)
        {
            if (!document.RootElement.TryGetProperty(name, out var value) || value.ValueKind == JsonValueKind.Null)
                continue;
            if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                throw new CatalogException(
                    $"Item '{id}' cannot be kept in a shared catalog: its declared attribute '{name}' is written as {value.ValueKind}, not "
                    + "as a number, a string or a truth value. Do not declare it, or write it otherwise.");
            values.Add(name, value.Clone());
        }
        return values;
    }

    private static MemberInfo? MemberOf(JsonPropertyInfo property) => property.AttributeProvider as MemberInfo;

    private static AttributeKind KindOf(JsonPropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        // By such properties no store is ever asked.
        if (property.CustomConverter is not null || property.NumberHandling is not null)
            return AttributeKind.Text;
        // Enumerations are numbers or words, as the app has chosen.
        var example = type.IsEnum || type.IsPrimitive || type == typeof(decimal)
            ? JsonSerializer.SerializeToElement(RuntimeHelpers.GetUninitializedObject(type), property.Options.GetTypeInfo(type)).ValueKind
            : JsonValueKind.String;
        return example switch
        {
            JsonValueKind.Number => AttributeKind.Number,
            JsonValueKind.True or JsonValueKind.False => AttributeKind.Truth,
            _ => AttributeKind.Text,
        };
    }

    private static bool IsScalar(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type.IsEnum || Type.GetTypeCode(type) is not (TypeCode.Object or TypeCode.DBNull or TypeCode.Empty or TypeCode.DateTime);
    }

    [GeneratedRegex("^[A-Za-z][A-Za-z0-9_]*$")]
    private static partial Regex PlainName();
}
