using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ImageRec.AspNetCore.Problems;

namespace ImageRec.AspNetCore.Endpoints;

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
    /// <exception cref="Problem">It is not UTF-8, or there is a member that the type lacks or whose name is no text.</exception>
    /// <exception cref="JsonException">It is not the JSON of such an object.</exception>
    public T? Read<T>(ReadOnlyMemory<byte> json)
    {
        // Checked here, because the document is read before its texts are decoded, and decoding throws what says nothing of the client.
        if (Utf8Text.FirstInvalid(json.Span) is var at and >= 0)
            throw Problem.NotUtf8(at, json.Span[at]);
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
                    Check(member.Value, valueType, Join(path, NameOf(member, path)));
                break;
        }
    }

    private void CheckMember(JsonProperty member, JsonTypeInfo info, string path)
    {
        var comparison = _options.PropertyNameCaseInsensitive ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        var name = NameOf(member, path);
        var property = info.Properties.FirstOrDefault(p => p.Name.Equals(name, comparison))
            ?? throw Problem.UnknownMember(Join(path, name), name, [.. info.Properties.Select(p => p.Name)]);
        if (property.CustomConverter is null)
            Check(member.Value, property.PropertyType, Join(path, name));
    }

    private static string NameOf(JsonProperty member, string path)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair, as in "\ud800".
            throw Problem.NotText(path);
        }
    }

    private static bool IsClosed(JsonTypeInfo info) =>
        info.PolymorphismOptions is null
        && info.UnmappedMemberHandling != JsonUnmappedMemberHandling.Skip
        && !info.Properties.Any(p => p.IsExtensionData);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
