using System.Text.Json;
using System.Text.Json.Serialization;
using ImageRec.Tool.Input;

namespace ImageRec.Tool.Output;

/// <summary>What <c>imagerec info</c> says of a shared catalog.</summary>
internal sealed record SharedInfo
{
    [JsonPropertyName("items")] public required long Items { get; init; }
    [JsonPropertyName("item_type")] public required string ItemType { get; init; }
    [JsonPropertyName("dimensions")] public required int Dimensions { get; init; }
    [JsonPropertyName("clusters")] public required int Clusters { get; init; }
    [JsonPropertyName("pipeline")] public required string Pipeline { get; init; }
    [JsonPropertyName("seed")] public required int Seed { get; init; }

    /// <summary>Gets the items of each shard.</summary>
    [JsonPropertyName("shards")] public required IReadOnlyList<long> Shards { get; init; }

    /// <summary>Gets what the store filters by.</summary>
    [JsonPropertyName("attributes")] public required IReadOnlyList<string> Attributes { get; init; }

    /// <summary>Gets the share of the ten nearest that a search finds; null where that was not measured.</summary>
    [JsonPropertyName("recall@10")] public required double? Recall { get; init; }

    [JsonPropertyName("list")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CatalogInfo.Listed>? List { get; init; }

    /// <param name="address">Where the catalog is.</param>
    /// <param name="listed">How many items to list; 0 for none.</param>
    /// <param name="token">Stops the reading.</param>
    public static async Task<SharedInfo> ReadAsync(StoreAddress address, int listed, CancellationToken token)
    {
        await using var view = await SharedView.OpenAsync(address, token);
        var (engine, state) = (view.Engine, view.Engine.State);
        var shards = await state.Index.CountAsync(token);
        return new()
        {
            Items = shards.Sum(),
            ItemType = view.Settings.ItemType,
            Dimensions = engine.Dimensions,
            Clusters = state.Pipeline.Clustering.ClusterCount,
            Pipeline = engine.Describe(),
            Seed = view.Settings.Seed,
            Shards = shards,
            Attributes = state.Manifest.Attributes,
            Recall = state.Tuning is { } tuning ? Math.Round(tuning.Recall, 6) : null,
            List = listed == 0 ? null : await ListAsync(view, listed, token),
        };
    }

    public void Write(TextWriter to)
    {
        to.WriteLine($"items               {Items:N0}");
        if (ItemType != typeof(CatalogItem).FullName)
            to.WriteLine($"item type           {ItemType}, of the app that built it");
        to.WriteLine($"dimensions          {Dimensions:N0}");
        to.WriteLine($"clusters            {Clusters:N0}");
        to.WriteLine($"pipeline            {Pipeline}");
        to.WriteLine($"seed                {Seed}");
        to.WriteLine($"shards              {Shards.Count:N0}, of {string.Join(", ", Shards.Select(items => $"{items:N0}"))} items");
        to.WriteLine($"filtered by         {(Attributes.Count == 0 ? "nothing" : string.Join(", ", Attributes))}");
        foreach (var item in List ?? [])
            to.WriteLine($"{item.Id}{(item.Category is null ? "" : $"  [{item.Category}]")}  {item.Item}");
    }

    private static async Task<IReadOnlyList<CatalogInfo.Listed>> ListAsync(SharedView view, int count, CancellationToken token)
    {
        var list = new List<CatalogInfo.Listed>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var ids in view.Engine.State.Index.ListAsync(token))
        {
            foreach (var record in await view.Engine.State.Index.GetAsync(ids, token))
                if (record is not null && list.Count < count && seen.Add(record.Id))
                    list.Add(new(record.Id, record.Category, JsonElement.Parse(record.Json)));
            if (list.Count == count)
                break;
        }
        return list;
    }
}
