using System.Text.Json;
using ImageRec.Redis.Store;
using ImageRec.Sharing.Stores;

namespace ImageRec.Redis.Tests;

/// <summary>The commands of both dialects, word by word.</summary>
public sealed class DialectTests
{
    private static readonly VectorSetDialect s_garnet = VectorSetDialect.Of("# Server\r\ngarnet_version:2.2.8\r\nredis_version:7.4.3\r\n")!;
    private static readonly VectorSetDialect s_redis = VectorSetDialect.Of("# Server\r\nredis_version:8.2.1\r\n")!;
    private static readonly AttributeFilter s_filter = new AttributeFilter.All(
        [Is("Price", Comparison.LessOrEqual, "20.5"), new AttributeFilter.Any([Is("Color", Comparison.Equal, "\"red\""),
            Is("InStock", Comparison.Equal, "true")])]);

    [Fact]
    public void Of_Servers_FindsTheDialectOrNone()
    {
        Assert.Equal(("Garnet 2.2.8", "Redis 8.2.1"), (s_garnet.Store, s_redis.Store));
        Assert.Null(VectorSetDialect.Of("redis_version:7.2.4\r\n"));
        Assert.Equal("Redis 7.2.4", VectorSetDialect.Describe("redis_version:7.2.4\r\n"));
    }

    [Fact]
    public void Add_EachDialect_OneCommandWithAttributes()
    {
        Assert.Equal(
            "VADD k FP32 <12 bytes> id-1 NOQUANT EF 400 SETATTR {\"a\":1} M 32 XDISTANCE_METRIC COSINE",
            s_garnet.Add("k", "id-1", new float[3], "{\"a\":1}").ToString());
        Assert.Equal(
            "VADD k FP32 <12 bytes> id-1 NOQUANT EF 400 SETATTR {\"a\":1} M 32",
            s_redis.Add("k", "id-1", new float[3], "{\"a\":1}").ToString());
    }

    [Fact]
    public void Search_EachDialect_EffortIsAtLeastTheCount()
    {
        Assert.Equal("VSIM k FP32 <8 bytes> COUNT 10 EF 400 WITHSCORES WITHATTRIBS",
            s_garnet.Search("k", new byte[8], 10, 400, null).ToString());
        Assert.Equal("VSIM k FP32 <8 bytes> WITHSCORES WITHATTRIBS COUNT 900 EF 900",
            s_redis.Search("k", new byte[8], 900, 400, null).ToString());
    }

    [Fact]
    public void Search_WithAFilter_IsWrittenAsTheStoreReadsIt()
    {
        const string Filter = ".Price <= 20.5 and (.Color == \"red\" or .InStock == 1)";
        Assert.Equal($"VSIM k FP32 <8 bytes> COUNT 10 EF 400 WITHSCORES WITHATTRIBS FILTER {Filter}",
            s_garnet.Search("k", new byte[8], 10, 400, s_filter).ToString());
        Assert.Equal($"VSIM k FP32 <8 bytes> WITHSCORES WITHATTRIBS COUNT 10 EF 400 FILTER {Filter} FILTER-EF 0",
            s_redis.Search("k", new byte[8], 10, 400, s_filter).ToString());
    }

    [Fact]
    public void ToCosine_EachDialect_OneForTheSameMinusOneForTheOpposite()
    {
        Assert.Equal([1f, 0, -1], new[] { 0f, 1, 2 }.Select(s_garnet.ToCosine));
        Assert.Equal([1f, 0, -1], new[] { 1f, 0.5f, 0 }.Select(s_redis.ToCosine));
    }

    [Fact]
    public void OtherCommands_AreTheSameInBoth()
    {
        Assert.Equal("VREM k id", VectorSetDialect.Remove("k", "id").ToString());
        Assert.Equal("VGETATTR k id", VectorSetDialect.Attributes("k", "id").ToString());
        Assert.Equal("VEMB k id RAW", VectorSetDialect.Row("k", "id").ToString());
        Assert.Equal("VCARD k", VectorSetDialect.Count("k").ToString());
    }

    [Fact]
    public void Record_WrittenAndRead_IsTheSame()
    {
        var record = new SharedRecord
        {
            Id = "id", Category = "Ärmel \"x\"", Picture = UInt128.MaxValue - 5,
            Json = "{\"n\":[1,{\"_picture\":2}],\"s\":\"\\u00e9\\n\"}",
            Attributes = new Dictionary<string, JsonElement>
            {
                ["Price"] = Json("1.50"), ["InStock"] = Json("true"), ["Color"] = Json("\"é\""),
            },
        };
        var written = RecordJson.Write(record);
        Assert.StartsWith("{\"Price\":1.50,\"InStock\":1,\"Color\":\"é\",\"_picture\":\"fffffffffffffffffffffffffffffffa\"", written,
            StringComparison.Ordinal);
        var read = RecordJson.Read("id", System.Text.Encoding.UTF8.GetBytes(written));
        Assert.Equal((record.Category, record.Picture, record.Json), (read.Category, read.Picture, read.Json));
        Assert.Throws<InvalidDataException>(() => RecordJson.Read("id", "{\"Price\":1}"u8));
        Assert.Throws<InvalidDataException>(() => RecordJson.Read("id", "{\"_picture\":"u8));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(64)]
    public void Tags_OfShards_LieInTheirEqualPartsOfTheSlots(int shards)
    {
        var slots = ShardTags.Choose(shards).Select(ShardTags.SlotOf).ToList();
        Assert.Equal(Enumerable.Range(0, shards), slots.Select(slot => slot * shards / 16384));
        // Any equal division among fewer primaries gives each its share of shards, give or take one.
        foreach (var primaries in Enumerable.Range(1, shards))
            Assert.All(slots.GroupBy(slot => slot * primaries / 16384),
                part => Assert.InRange(part.Count(), shards / primaries, (shards + primaries - 1) / primaries));
    }

    [Theory]
    [InlineData("123456789", 0x31C3)]
    [InlineData("", 0)]
    public void SlotOf_CheckValueOfTheSpecification_IsIts(string tag, int crc) => Assert.Equal(crc % 16384, ShardTags.SlotOf(tag));

    private static AttributeFilter.Compare Is(string name, Comparison comparison, string value) => new(name, comparison, Json(value));

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement.Clone();
}
