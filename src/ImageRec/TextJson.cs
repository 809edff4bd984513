using System.Text.Json.Serialization;

namespace ImageRec;

/// <summary>Lists of texts as JSON, by generated code, so that it works where reflection is off.</summary>
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(SortedDictionary<string, string[]>))]
internal sealed partial class TextJson : JsonSerializerContext;
