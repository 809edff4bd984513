using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace ImageRec.Storage;

/// <summary>Provides the JSON options for items when the caller sets none.</summary>
/// <remarks>
/// The library's own item type uses generated code, every other reflection, which is requested explicitly, so that it works where
/// <see cref="JsonSerializer.IsReflectionEnabledByDefault"/> is off, as in file-based apps. Where trimming has removed what reflection
/// needs, the round trip at Build throws.
/// </remarks>
internal static class ItemJsonOptions
{
    public static JsonSerializerOptions Default { get; } = Create();

    /// <summary>Returns the caller's options, with the default type resolver where they name none.</summary>
    public static JsonSerializerOptions Complete(JsonSerializerOptions chosen) =>
        chosen.TypeInfoResolver is null ? new JsonSerializerOptions(chosen) { TypeInfoResolver = Default.TypeInfoResolver } : chosen;

    [UnconditionalSuppressMessage("Trimming", "IL2026",
        Justification = "What trimming removed is found by the round trip at Build, and RecommenderBuilder.Json is the way out.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Likewise.")]
    private static JsonSerializerOptions Create()
    {
        var options = new JsonSerializerOptions
        {
            TypeInfoResolver = JsonTypeInfoResolver.Combine(ItemJsonContext.Default, new DefaultJsonTypeInfoResolver()),
        };
        options.MakeReadOnly();
        return options;
    }
}

/// <summary>Generates the JSON code of the library's own item type.</summary>
[JsonSerializable(typeof(CatalogItem))]
[JsonSerializable(typeof(string))]
internal sealed partial class ItemJsonContext : JsonSerializerContext;
