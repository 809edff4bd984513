using ImageRec.Features;
using ImageRec.Reduction;
using ImageRec.Tests.Engine;
using ImageRec.Vectors;

namespace ImageRec.Tests.Tool;

/// <summary>Catalogs that an app has built, with an item type and components of its own, read by the command.</summary>
public class AppCatalogTests : ToolTest
{
    [Fact]
    public async Task Info_ItemsOfAnApp_SaysWhatNeedsNoItemType()
    {
        await BuildShopAsync();

        var json = (await RunAsync("info", "shop.imagerec", "--list", "2", "--json")).Json;
        var text = await RunAsync("info", "shop.imagerec", "--list", "1");

        Assert.Equal(12, json.GetProperty("items").GetInt32());
        Assert.Equal(typeof(Garment).FullName, json.GetProperty("item_type").GetString());
        Assert.Equal(2, json.GetProperty("categories").GetInt32());
        Assert.Equal(5, json.GetProperty("seed").GetInt32());
        Assert.Equal(192, json.GetProperty("dimensions").GetInt32());
        Assert.Equal(["g0", "g1"], json.GetProperty("list").EnumerateArray().Select(item => item.GetProperty("id").GetString()));
        Assert.Equal("odd", json.GetProperty("list")[1].GetProperty("category").GetString());
        Assert.Equal(11, json.GetProperty("list")[1].GetProperty("item").GetProperty("Price").GetInt32());
        Assert.Contains("Garment, of the app that built it", text.Out);
        Assert.Contains("g0  [even]  {\"Sku\":\"g0\"", text.Out);
    }

    [Fact]
    public async Task Query_ItemsOfAnApp_ShowsTheirJsonAndTheirPictures()
    {
        await BuildShopAsync();

        var run = await RunAsync("query", "shop.imagerec", "3.jpg", "-k", "4", "--html", "page.html", "--json");
        var odd = await RunAsync("query", "shop.imagerec", "2.jpg", "-k", "3", "--category", "ODD");

        Assert.Equal("g3", run.Json[0].GetProperty("id").GetString());
        Assert.Equal(13, run.Json[0].GetProperty("item").GetProperty("Price").GetInt32());
        Assert.Equal(5, File.ReadAllText(PathOf("page.html")).Split("<img").Length - 1);
        Assert.Equal(3, odd.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Count(line => line.Contains("[odd]", StringComparison.Ordinal) && line.Contains("\"Price\":", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task EvaluateAndReport_ItemsOfAnApp_Work()
    {
        await BuildShopAsync();

        var evaluation = await RunAsync("evaluate", "shop.imagerec", "--json");
        var report = await RunAsync("report", "shop.imagerec", "-o", "page.html");

        Assert.Equal(12, evaluation.Json.GetProperty("queries").GetInt32());
        Assert.Equal(0, report.ExitCode);
        Assert.Contains("<img src=\"data:image/jpeg", File.ReadAllText(PathOf("page.html")));
    }

    [Fact]
    public async Task AnyCommand_ExtractorOfAnApp_DoesWhatNeedsNoExtractor()
    {
        await BuildVectorsAsync(new NoReduction());
        File.WriteAllText(PathOf("known.txt"), "3 1 0");
        File.WriteAllText(PathOf("stranger.txt"), "1 2 3");

        var info = await RunAsync("info", "shop.imagerec", "--json");
        var known = await RunAsync("query", "shop.imagerec", "known.txt", "--json");
        var stranger = await RunAsync("query", "shop.imagerec", "stranger.txt");

        Assert.Equal(3, info.Json.GetProperty("dimensions").GetInt32());
        Assert.StartsWith("vector(3) -> none", info.Json.GetProperty("pipeline").GetString());
        Assert.Equal("v3", known.Json[0].GetProperty("id").GetString());
        Assert.Equal(1, stranger.ExitCode);
        Assert.Contains("built by an app with an extractor of its own, vector: only that app can query it by other pictures",
            stranger.Error);
    }

    [Fact]
    public async Task Info_ReducerOfAnApp_SaysWhatTheFileSays()
    {
        await BuildVectorsAsync(new Halves());

        var info = await RunAsync("info", "shop.imagerec", "--list", "1", "--json");
        var text = await RunAsync("info", "shop.imagerec");
        var query = await RunAsync("query", "shop.imagerec", "any.jpg");

        Assert.Equal(8, info.Json.GetProperty("items").GetInt32());
        Assert.Equal(System.Text.Json.JsonValueKind.Null, info.Json.GetProperty("dimensions").ValueKind);
        Assert.Equal("v0", info.Json.GetProperty("list")[0].GetProperty("id").GetString());
        Assert.Contains("dimensions          known only to the app that built it", text.Out);
        Assert.Equal(1, query.ExitCode);
        Assert.Contains("a reducer of its app's own, halves. Only that app can query it; 'imagerec info' says what is in it.", query.Error);
    }

    private async Task BuildShopAsync()
    {
        var garments = Enumerable.Range(0, 12).Select(i => new Garment($"g{i}", PathOf($"{i}.jpg"), 10 + i)).ToList();
        for (var i = 0; i < garments.Count; i++)
            File.WriteAllBytes(garments[i].Photo, DrawPhoto(i + 1));
        await using var engine = await new RecommenderBuilder { Seed = 5 }
            .UseOnnx(new OnnxModel(Network())).WithoutReduction().ClusterWithKMeans(2)
            .BuildAsync(garments.ToCatalog(g => g.Sku, g => ImageSource.FromFile(g.Photo), g => g.Price % 2 == 0 ? "even" : "odd"),
            PathOf("shop.imagerec"), cancellationToken: Token);
    }

    private async Task BuildVectorsAsync(IReducer reducer)
    {
        var items = Enumerable.Range(0, 8).Select(i => new Product($"v{i}", "point", i, [i, 1, 0])).ToList();
        await using var engine = await new RecommenderBuilder().UseExtractor(new VectorExtractor()).UseReducer(reducer).WithoutClusters()
            .BuildAsync(items.ToCatalog(p => p.Sku, p => p.Picture, p => p.Type), PathOf("shop.imagerec"), cancellationToken: Token);
    }

    internal sealed record Garment(string Sku, string Photo, int Price);

    /// <summary>A reducer that only its app has.</summary>
    private sealed class Halves : IReducer
    {
        public string Name => "halves";

        public IProjection Fit(FeatureMatrix features, FitContext context) => new NoReduction().Fit(features, context);

        public IProjection Load(Stream source) => new NoReduction().Load(source);
    }
}
