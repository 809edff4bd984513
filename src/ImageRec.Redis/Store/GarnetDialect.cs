using ImageRec.Sharing.Stores;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Speaks to vector sets of Garnet 2.2: a score is a distance, 1 - cosine, and the metric is named with every row.</summary>
internal sealed class GarnetDialect(string version) : VectorSetDialect
{
    public override string Store => $"Garnet {version}";

    public override bool KeepsRows => true;

    public override StoreCommand Add(RedisKey key, string id, ReadOnlyMemory<float> unitRow, string attributes) => new(
        "VADD", key, "FP32", Bytes(unitRow.Span), id, "NOQUANT", "EF", BuildEffort, "SETATTR", attributes, "M", Links,
        "XDISTANCE_METRIC", "COSINE");

    public override StoreCommand Search(RedisKey key, byte[] unitQuery, int count, int effort, AttributeFilter? filter)
    {
        object[] search = [key, "FP32", unitQuery, "COUNT", count, "EF", Math.Max(effort, count), "WITHSCORES", "WITHATTRIBS"];
        // It goes on until enough match, whatever FILTER-EF (4 to 256) is.
        return new("VSIM", filter is null ? search : [.. search, "FILTER", FilterText.Of(filter)]);
    }

    public override float ToCosine(float score) => 1 - score;
}
