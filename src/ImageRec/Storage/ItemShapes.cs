using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ImageRec.Storage;

/// <summary>Finds public members of item types that their JSON leaves out silently, such as fields and tuples' elements.</summary>
internal sealed class ItemShapes(JsonSerializerOptions options)
{
    private readonly HashSet<Type> _checked = [];
    private readonly HashSet<Type> _runtimeTypes = [];

    /// <param name="declared">The item type.</param>
    /// <param name="actual">The type of one item.</param>
    /// <param name="id">What errors call it.</param>
    /// <returns>Whether an item of this type was not met before.</returns>
    /// <exception cref="CatalogException">A member is left out; the message names it.</exception>
    public bool Require(Type declared, Type actual, string id)
    {
        if (!_runtimeTypes.Add(actual))
            return false;
        try
        {
            RequireDeclared(declared, actual, id);
            Check(declared, declared.Name, id);
        }
        catch (NotSupportedException)
        {
            // Serializing reports it better.
        }
        return true;
    }

    [UnconditionalSuppressMessage(
        "Trimming", "IL2075", Justification = "Members that trimming removed cannot be lost; the round trip sees the rest.")]
    private void Check(Type type, string path, string id)
    {
        if (!_checked.Add(type))
            return;
        var info = options.GetTypeInfo(type);
        if (info.Kind is JsonTypeInfoKind.Enumerable or JsonTypeInfoKind.Dictionary)
        {
            if (type.Namespace?.StartsWith("System", StringComparison.Ordinal) != true
                && type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
                .FirstOrDefault(p => p.SetMethod is not null && p.GetIndexParameters().Length == 0) is { } beside)
                throw Lost(path, beside.Name, "a property of a collection", id);
            if (info.ElementType is { } element)
                Check(element, path, id);
            return;
        }
        if (info.Kind != JsonTypeInfoKind.Object)
            return;
        var carried = info.Properties.Select(p => (p.AttributeProvider as MemberInfo)?.Name ?? p.Name)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Instance))
            if (!carried.Contains(field.Name) && !field.IsDefined(typeof(JsonIgnoreAttribute)))
                throw Lost(path, field.Name, "a public field", id);
        foreach (var property in info.Properties)
        {
            // What is computed from the rest is only written; it needs no way back.
            if (property.CustomConverter is null && (property.Set is not null || property.AssociatedParameter is not null))
                Check(property.PropertyType, $"{path}.{property.Name}", id);
        }
    }

    /// <summary>Finds values whose own type their JSON does not state.</summary>
    /// <param name="value">An item, or a value in it.</param>
    /// <param name="declared">The type it is declared as.</param>
    /// <param name="id">What errors call the item.</param>
    /// <param name="depth">How far down.</param>
    public void RequireDeclaredWithin(object value, Type declared, string id, int depth = 0)
    {
        RequireDeclared(declared, value.GetType(), id);
        var info = options.GetTypeInfo(declared);
        if (depth >= MaxDepth || info.PolymorphismOptions is not null)
            return;
        if (info.Kind == JsonTypeInfoKind.Object)
        {
            foreach (var property in info.Properties)
                if (property.CustomConverter is null && (property.Set is not null || property.AssociatedParameter is not null)
                    && property.Get?.Invoke(value) is { } held)
                    RequireDeclaredWithin(held, property.PropertyType, id, depth + 1);
        }
        else if (info.Kind == JsonTypeInfoKind.Enumerable && info.ElementType is { IsPrimitive: false } element
            && element != typeof(string) && value is System.Collections.IEnumerable list)
        {
            foreach (var held in list.Cast<object?>().Take(MostElements))
                if (held is not null)
                    RequireDeclaredWithin(held, element, id, depth + 1);
        }
    }

    private const int MaxDepth = 8;
    private const int MostElements = 100;

    private void RequireDeclared(Type declared, Type actual, string id)
    {
        if (actual != declared && !declared.IsValueType && !typeof(JsonElement).IsAssignableFrom(actual)
            && options.GetTypeInfo(declared) is { PolymorphismOptions: null } info
            && (info.Kind == JsonTypeInfoKind.Object || declared == typeof(object)))
            throw new CatalogException(
                $"Item '{id}' cannot be kept in a file: it is a {actual.Name}, and the JSON of a {declared.Name} does not say so. "
                + $"Make a catalog of {actual.Name}, declare the kinds of {declared.Name} with [JsonDerivedType], set "
                + "RecommenderBuilder.Json, or build without a file.");
    }

    private static CatalogException Lost(string path, string member, string what, string id) => new(
        $"Item '{id}' cannot be kept in a file: {path}.{member} is {what}, which its JSON leaves out. "
        + "Make it a property, mark it [JsonInclude] or [JsonIgnore], set RecommenderBuilder.Json (IncludeFields = true), or build "
        + "without a file.");
}
