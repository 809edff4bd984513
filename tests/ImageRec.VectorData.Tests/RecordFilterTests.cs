using System.Text.Json;
using ImageRec.Sharing.Stores;
using ImageRec.VectorData.Store;

namespace ImageRec.VectorData.Tests;

/// <summary>
/// What a provider is asked is what the filter says: a wrong one would only cost passes over the catalog, and nobody would see.
/// </summary>
public sealed class RecordFilterTests
{
    [Theory]
    [InlineData(Comparison.Less, "r => (Convert(r.get_Item(\"price\"), Nullable`1) < 20)", "10")]
    [InlineData(Comparison.LessOrEqual, "r => (Convert(r.get_Item(\"price\"), Nullable`1) <= 20)", "10 20")]
    [InlineData(Comparison.Equal, "r => (Convert(r.get_Item(\"price\"), Nullable`1) == 20)", "20")]
    [InlineData(Comparison.GreaterOrEqual, "r => (Convert(r.get_Item(\"price\"), Nullable`1) >= 20)", "20 30")]
    [InlineData(Comparison.Greater, "r => (Convert(r.get_Item(\"price\"), Nullable`1) > 20)", "30")]
    internal void Of_Numbers_MatchesThoseAndNoneThatIsNull(Comparison comparison, string written, string matching)
    {
        var filter = RecordFilter.Of(new AttributeFilter.Compare("price", comparison, JsonElement.Parse("20")));
        Assert.Equal(written, filter.ToString());
        var found = new object?[] { 10.0, 20.0, 30.0, null }
            .Where(value => filter.Compile()(new() { ["price"] = value })).Select(value => $"{value}");
        Assert.Equal(matching, string.Join(' ', found));
    }

    [Fact]
    public void Of_TextsAndTruthsJoined_MatchesBothOrOne()
    {
        var red = new AttributeFilter.Compare("color", Comparison.Equal, JsonElement.Parse("\"red\""));
        var there = new AttributeFilter.Compare("inStock", Comparison.Equal, JsonElement.Parse("true"));
        var records = new Dictionary<string, object?>[]
        {
            new() { ["color"] = "red", ["inStock"] = true }, new() { ["color"] = "red", ["inStock"] = false },
            new() { ["color"] = null, ["inStock"] = true }, new() { ["color"] = "blue", ["inStock"] = null },
        };
        Assert.Equal([true, false, false, false], records.Select(RecordFilter.Of(new AttributeFilter.All([red, there])).Compile()));
        Assert.Equal([true, true, true, false], records.Select(RecordFilter.Of(new AttributeFilter.Any([red, there])).Compile()));
    }
}
