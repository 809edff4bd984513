using System.Text.Json;
using System.Text.Json.Serialization;

namespace ImageRec.AspNetCore.Contracts;

/// <summary>
/// How bodies of requests and responses are written as JSON, in every app the same whatever its own options are: web names, and &lt;, &gt;
/// and &amp; escaped, so that an id or a name is never markup. It needs no reflection, which file-based and trimmed apps switch off.
/// </summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(RecommendationList))]
[JsonSerializable(typeof(ProductPage))]
[JsonSerializable(typeof(ProductView))]
[JsonSerializable(typeof(Facets))]
[JsonSerializable(typeof(ClusterView[]))]
[JsonSerializable(typeof(Classification[]))]
[JsonSerializable(typeof(UpsertResult))]
[JsonSerializable(typeof(IndexingStatus))]
[JsonSerializable(typeof(LikedAndDisliked))]
// Values of attributes.
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(byte))]
[JsonSerializable(typeof(sbyte))]
[JsonSerializable(typeof(short))]
[JsonSerializable(typeof(ushort))]
[JsonSerializable(typeof(int))]
[JsonSerializable(typeof(uint))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(ulong))]
[JsonSerializable(typeof(float))]
[JsonSerializable(typeof(double))]
[JsonSerializable(typeof(decimal))]
internal sealed partial class ContractJson : JsonSerializerContext;
