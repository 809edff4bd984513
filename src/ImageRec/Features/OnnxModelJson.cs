using System.Text.Json.Serialization;

namespace ImageRec.Features;

/// <summary>Reads and writes <see cref="OnnxModelSettings"/> without reflection.</summary>
[JsonSourceGenerationOptions(UseStringEnumConverter = true)]
[JsonSerializable(typeof(OnnxModelSettings))]
internal sealed partial class OnnxModelJson : JsonSerializerContext;
