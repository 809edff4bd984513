using System.Text.Json.Serialization;

namespace ImageRec.Evaluation.Report;

/// <summary>Writes what the report's script reads, by generated code, so that it works where reflection is off.</summary>
[JsonSerializable(typeof(SortedDictionary<string, string[]>))]
internal sealed partial class ReportJson : JsonSerializerContext;
