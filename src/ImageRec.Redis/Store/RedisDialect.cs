using ImageRec.Sharing.Stores;
using StackExchange.Redis;

namespace ImageRec.Redis.Store;

/// <summary>Speaks to vector sets of Redis 8: a score is (1 + cosine) / 2, and cosine is the only metric.</summary>
internal sealed class RedisDialect(string version) : VectorSetDialect
{
    public override string Store => $"Redis {version}";

    public override StoreCommand Add(RedisKey key, string id, ReadOnlyMemory<float> unitRow, string attributes) => new(
        "VADD", key, "FP32", Bytes(unitRow.Span), id, "NOQUANT", "EF", BuildEffort, "SETATTR", attributes, "M", Links);

    public override StoreCommand Search(RedisKey key, byte[] unitQuery, int count, int effort, AttributeFilter? filter)
    {
        object[] search = [key, "FP32", unitQuery, "WITHSCORES", "WITHATTRIBS", "COUNT", count, "EF", Math.Max(effort, count)];
        // 0: as many candidates as it takes.
        return new("VSIM", filter is null ? search : [.. search, "FILTER", FilterText.Of(filter), "FILTER-EF", 0]);
    }

    public override float ToCosine(float score) => 2 * score - 1;
}
