using System.Linq.Expressions;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ImageRec.Redis.Store;
using ImageRec.Sharing.Filters;
using ImageRec.Sharing.Stores;

namespace ImageRec.Redis.Tests;

/// <summary>A store lets through all that a filter in code matches, and is never asked what it would judge otherwise.</summary>
public sealed class FilterTranslatorTests
{
    private static readonly JsonSerializerOptions s_options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    private static readonly JsonTypeInfo s_type = s_options.GetTypeInfo(typeof(Item));
    private static readonly decimal s_limit = 9.5m;
    private static readonly double s_unknown = double.NaN;

    [Fact]
    public void Translate_Comparisons_AreAskedOfTheStore()
    {
        Is(".count < 5", item => item.Count < 5);
        Is(".count >= 5", item => 5 <= item.Count);
        Is(".price <= 9.5", item => item.Price < s_limit);
        Is(".weight > 0.1", item => item.Weight > 0.1);
        Is(".ratio > 0.1", item => item.Ratio > 0.1f);
        Is(".stock >= 3", item => item.Stock >= 3);
        Is(".color == \"red\"", item => item.Color == "red");
        Is(".inSale == 1", item => item.InSale);
        Is(".inSale == 0", item => !item.InSale);
        Is(".day == 5", item => item.Day == DayOfWeek.Friday);
        Is(".color == \"red\" and .count < 5", item => item.Color == "red" && item.Count < 5);
        Is("(.color == \"red\" or .color == \"blue\") and .inSale == 1",
            item => (item.Color == "red" || item.Color == "blue") && item.InSale);
    }

    [Fact]
    public void Translate_WhatTheStoreWouldJudgeOtherwise_IsLeftToCode()
    {
        Is(null, item => item.Color != "red");
        Is(null, item => item.Color == null);
        Is(null, item => item.Color == "say \"red\"");
        Is(null, item => item.Color == "größer");
        Is(null, item => item.Ratio > 0.1);
        Is(null, item => item.Secret == 1);
        Is(null, item => item.Color!.Length == 3);
        Is(null, item => item.Count == item.Stock);
        Is(null, item => item.Color == "red" || item.Secret == 1);
        Is(null, item => item.Weight < s_unknown);
        Is(null, item => item.Size == Size.Large);
        Is(".day >= 5", item => item.Day >= DayOfWeek.Friday && item.Size > Size.Small);
        Is(".count < 5", item => item.Secret == 1 && item.Count < 5);
    }

    [Fact]
    public void Translate_ValueThatCodeNeverReads_IsLeftToCode()
    {
        int? limit = null;
        string[]? names = null;
        Is(null, item => limit != null && item.Count < limit.Value);
        Is(".inSale == 1", item => item.InSale && (names == null || item.Color == names[0]));
    }

    [Fact]
    public void Find_WhatNoStoreFiltersBy_IsAnError()
    {
        Assert.Equal(["price", "color"], DeclaredAttributes.Find(s_type, ["Price", "color"]).Names);
        var list = Assert.Throws<SharedCatalogException>(() => DeclaredAttributes.Find(s_type, ["Tags"]));
        Assert.Contains("'Tags' of Item cannot be declared: it is String[]", list.Message, StringComparison.Ordinal);
        var name = Assert.Throws<SharedCatalogException>(() => DeclaredAttributes.Find(s_type, ["Odd"]));
        Assert.Contains("its name in JSON is 'odd-name'", name.Message, StringComparison.Ordinal);
    }

    private static void Is(string? wanted, Expression<Func<Item, bool>> filter)
    {
        var declared = DeclaredAttributes.Find(
            s_type, ["Count", "Price", "Weight", "Ratio", "Stock", "Color", "InSale", "Day", "Size"]);
        var translated = new FilterTranslator(declared, s_options).Translate(filter);
        Assert.Equal(wanted, translated is null ? null : FilterText.Of(translated));
    }

    private enum Size
    {
        Small,
        Large,
    }

    private sealed class Item
    {
        public int Count { get; set; }
        public decimal Price { get; set; }
        public double Weight { get; set; }
        public float Ratio { get; set; }
        public int? Stock { get; set; }
        public string? Color { get; set; }
        public bool InSale { get; set; }
        public DayOfWeek Day { get; set; }

        [JsonConverter(typeof(JsonStringEnumConverter<Size>))]
        public Size Size { get; set; }

        public int Secret { get; set; }
        public string[] Tags { get; set; } = [];

        [JsonPropertyName("odd-name")]
        public int Odd { get; set; }
    }
}
