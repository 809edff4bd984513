using System.Text.Json.Serialization;

namespace ImageRec.ML.Estimators;

/// <summary>Writes names of columns as JSON, by generated code, so that it works where reflection is off.</summary>
[JsonSerializable(typeof(string[]))]
internal sealed partial class ColumnsJson : JsonSerializerContext;
