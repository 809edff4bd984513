using System.Text.Json.Serialization;

namespace ImageRec.Storage;

/// <summary>Writes the library's own state as JSON by generated code, so that it works where reflection is off.</summary>
[JsonSerializable(typeof(CatalogSettings))]
[JsonSerializable(typeof(CategoryReport))]
[JsonSerializable(typeof(SortedDictionary<string, int>))]
internal sealed partial class StorageJson : JsonSerializerContext;
