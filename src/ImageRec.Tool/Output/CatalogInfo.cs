using System.Text.Json;
using System.Text.Json.Serialization;
using ImageRec.Building;
using ImageRec.Storage;
using ImageRec.Tool.Input;

namespace ImageRec.Tool.Output;

/// <summary>What <c>imagerec info</c> says of a catalog file.</summary>
internal sealed record CatalogInfo
{
    private const string OnlyTheApp = "known only to the app that built it";

    [JsonPropertyName("items")] public required int Items { get; init; }
    [JsonPropertyName("item_type")] public required string ItemType { get; init; }
    [JsonPropertyName("categories")] public required int Categories { get; init; }
    [JsonPropertyName("dimensions")] public int? Dimensions { get; init; }
    [JsonPropertyName("clusters")] public int? Clusters { get; init; }
    [JsonPropertyName("pipeline")] public required string Pipeline { get; init; }
    [JsonPropertyName("explained_variance")] public double? ExplainedVariance { get; init; }
    [JsonPropertyName("seed")] public required int Seed { get; init; }
    [JsonPropertyName("bytes")] public required long Bytes { get; init; }

    [JsonPropertyName("list")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Listed>? List { get; init; }

    /// <param name="file">The catalog file.</param>
    /// <param name="listed">How many items to list; 0 for none.</param>
    /// <param name="token">Stops the reading.</param>
    public static async Task<CatalogInfo> ReadAsync(string file, int listed, CancellationToken token)
    {
        try
        {
            await using var catalog = await OpenCatalog.OpenAsync(file, token);
            return Of(catalog, listed);
        }
        catch (CatalogFileException e) when (e.MissingComponent is not null)
        {
            return OfFile(file, listed);
        }
    }

    public void Write(TextWriter to)
    {
        to.WriteLine($"items               {Items:N0}");
        if (ItemType != typeof(CatalogItem).FullName)
            to.WriteLine($"item type           {ItemType}, of the app that built it");
        to.WriteLine($"categories          {Categories:N0}");
        to.WriteLine($"dimensions          {(Dimensions is { } dimensions ? $"{dimensions:N0}" : OnlyTheApp)}");
        to.WriteLine($"clusters            {(Clusters is { } clusters ? $"{clusters:N0}" : OnlyTheApp)}");
        to.WriteLine($"pipeline            {Pipeline}");
        to.WriteLine($"explained variance  {(ExplainedVariance is { } share ? $"{share:0.0 %}" : "unknown for this reduction")}");
        to.WriteLine($"seed                {Seed}");
        to.WriteLine($"size                {Units.Bytes(Bytes)}");
        foreach (var item in List ?? [])
            to.WriteLine($"{item.Id}{(item.Category is null ? "" : $"  [{item.Category}]")}  {item.Item}");
    }

    private static CatalogInfo Of(OpenCatalog catalog, int listed)
    {
        var (engine, records) = (catalog.Engine, catalog.Engine.Records());
        var variance = engine.ExplainedVarianceRatio;
        return new()
        {
            Items = records.Count,
            ItemType = catalog.Settings.ItemType,
            Categories = Count(records.Select(record => record.Category)),
            Dimensions = engine.Dimensions,
            Clusters = engine.Clusters().Count,
            Pipeline = engine.Describe(),
            ExplainedVariance = variance.IsEmpty ? null : Math.Round(variance.ToArray().Sum(share => (double)share), 6),
            Seed = catalog.Settings.Seed,
            Bytes = new FileInfo(engine.FilePath!).Length,
            List = listed == 0 ? null : [.. records.Take(listed).Select(item => new Listed(item.Id, item.Category, item.Item))],
        };
    }

    /// <summary>What the file says by itself, when it needs a component that only its app has.</summary>
    private static CatalogInfo OfFile(string file, int listed)
    {
        var (settings, items) = CatalogHead.ReadItems(file);
        string[] parts = [$"{settings.Extractor}({settings.FeatureDimensions})", settings.Reducer, settings.Learner, settings.Clusterer];
        return new()
        {
            Items = items.Count,
            ItemType = settings.ItemType,
            Categories = Count(items.Select(item => item.Category)),
            Pipeline = string.Join(" -> ", parts.Where((part, i) => i != 2 || part != CategoryChoice.None)),
            Seed = settings.Seed,
            Bytes = new FileInfo(file).Length,
            List = listed == 0 ? null : [.. items.Take(listed).Select(Listed.Of)],
        };
    }

    private static int Count(IEnumerable<string?> categories) => categories.OfType<string>().Distinct(StringComparer.Ordinal).Count();

    /// <param name="Id">The item's id.</param>
    /// <param name="Category">Its category; null when it is not known.</param>
    /// <param name="Item">What is kept of it.</param>
    internal sealed record Listed(
        [property: JsonPropertyName("id")] string Id,
        [property: JsonPropertyName("category")] string? Category,
        [property: JsonPropertyName("item")] JsonElement Item)
    {
        public static Listed Of(StoredItem item) => new(item.Id, item.Category, JsonElement.Parse(item.Json ?? "null"));
    }
}
