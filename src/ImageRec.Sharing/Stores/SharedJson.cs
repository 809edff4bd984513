using System.Text.Json.Serialization;

namespace ImageRec.Sharing.Stores;

/// <summary>Writes the state of a shared catalog as JSON by generated code, so that it works where reflection is off.</summary>
[JsonSerializable(typeof(CatalogManifest))]
[JsonSerializable(typeof(SearchTuning))]
internal sealed partial class SharedJson : JsonSerializerContext;
