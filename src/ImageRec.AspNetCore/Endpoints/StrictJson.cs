using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ImageRec.AspNetCore;

/// <summary>
/// Reads JSON and refuses members that the type lacks, naming the nearest there is: a misspelled member must not be as if it was not given.
/// Types with extension data, with a converter of their own or with <c>JsonUnmappedMemberHandling.Skip</c> decide for themselves.
/// </summary>
internal sealed class StrictJson(JsonSerializerOptions options)
{
    private readonly JsonSerializerOptions _options = new(options) { AllowDuplicateProperties = false };

    private readonly JsonDocumentOptions _reading = new()
    {
        AllowTrailingCommas = options.AllowTrailingCommas, CommentHandling = options.ReadCommentHandling, MaxDepth = options.MaxDepth,
    };

    /// <param name="json">UTF-8.</param>
    /// <exception cref="Problem">There is a member that the type lacks.</exception>
    /// <exception cref="JsonException">It is not the JSON of such an object.</exception>
    public T? Read<T>(ReadOnlyMemory<byte> json)
    {
        using var document = JsonDocument.Parse(json, _reading);
        Check(document.RootElement, typeof(T), "");
        return document.Deserialize<T>(_options);
    }

    private void Check(JsonElement element, Type type, string path)
    {
        var info = _options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind == JsonValueKind.Object && IsClosed(info):
                foreach (var member in element.EnumerateObject())
                    CheckMember(member, info, path);
                break;
            case JsonTypeInfoKind.Enumerable when element.ValueKind == JsonValueKind.Array && info.ElementType is { } elementType:
                foreach (var (index, child) in element.EnumerateArray().Index())
                    Check(child, elementType, $"{path}[{index}]");
                break;
            case JsonTypeInfoKind.Dictionary when element.ValueKind == JsonValueKind.Object && info.ElementType is { } valueType:
                foreach (var member in element.EnumerateObject())
                    Check(member.Value, valueType, Join(path, member.Name));
                break;
        }
    }

    private void CheckMember(JsonProperty member, JsonTypeInfo info, string path)
    {
        var comparison = _options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var property = info.Properties.FirstOrDefault(p => p.Name.Equals(member.Name, comparison))
            ?? throw Problem.UnknownMember(Join(path, member.Name), member.Name, [.. info.Properties.Select(p => p.Name)]);
        if (property.CustomConverter is null)
            Check(member.Value, property.PropertyType, Join(path, member.Name));
    }

    private static bool IsClosed(JsonTypeInfo info) =>
        info.PolymorphismOptions is null
        && info.UnmappedMemberHandling != JsonUnmappedMemberHandling.Skip
        && !info.Properties.Any(p => p.IsExtensionData);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
