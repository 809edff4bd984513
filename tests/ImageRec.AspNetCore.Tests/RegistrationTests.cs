using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using DrawnProducts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRec.AspNetCore.Tests;

public sealed class RegistrationTests
{
    [Theory]
    [InlineData("count")]
    [InlineData("color")]
    [InlineData("a b")]
    public void Attribute_NameTakenOrUnusable_IsAnError(string name)
    {
        var options = new ImageRecOptions<DrawnProduct>().Attribute("color", p => p.Colour);
        var error = Assert.Throws<ArgumentException>(() => options.Attribute(name, p => p.Brand));
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MapImageRec_WithoutServices_SaysWhatToCall()
    {
        var app = WebApplication.CreateBuilder().Build();
        Assert.Contains("AddImageRec", Assert.Throws<InvalidOperationException>(() => app.MapImageRec()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddImageRec_Folder_ServesItsPictures()
    {
        using var folder = new TestFolder();
        foreach (var product in TestShop.Listed.Take(8))
        {
            Directory.CreateDirectory(folder.File(product.Category));
            await File.WriteAllBytesAsync(folder.File($"{product.Category}/{product.Sku}.jpg"), Pictures.Draw(product), TestContext.Current.CancellationToken);
        }
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddImageRec(folder.Path, configure: o =>
            o.Builder = () => new RecommenderBuilder().UseExtractor(new TinyExtractor()).WithoutReduction().ClusterWithKMeans(2));
        await using var app = builder.Build();
        app.MapImageRec("/look");
        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.Services.GetRequiredService<VisualCatalog<CatalogItem>>().WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        var json = await client.GetStringAsync("/look/recommendations/Sneaker/sneaker-001.jpg", TestContext.Current.CancellationToken);
        Assert.Equal(5, JsonNode.Parse(json)!["recommendations"]!.AsArray().Count);
        Assert.DoesNotContain(folder.Path, json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenApi_DescribesEveryEndpoint_WithExamples()
    {
        await using var shop = await TestShop.StartAsync();
        var document = JsonNode.Parse(await shop.Client.GetStringAsync("/visual/openapi/imagerec.json", TestContext.Current.CancellationToken))!;
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject().Select(o => (path.Key, o.Key, Value: o.Value!))).ToList();
        Assert.True(operations.Count >= 15, string.Join(", ", operations.Select(o => o.Item1)));
        Assert.All(operations, o => Assert.NotNull(o.Value["summary"]));
        var byPicture = document["paths"]!["/visual/recommendations"]!["post"]!;
        Assert.Contains(byPicture["parameters"]!.AsArray(), p => (string?)p!["name"] == "diversity");
        Assert.NotNull(byPicture["responses"]!["200"]!["content"]!["application/json"]!["example"]!["recommendations"]);
        Assert.NotNull(byPicture["responses"]!["415"]!["content"]!["application/problem+json"]!["example"]!["detail"]);
    }

    [Fact]
    public async Task Recommend_IsMeasured()
    {
        var measured = new List<string>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) =>
            {
                if (ImageRecTelemetry.Meters.Contains(instrument.Meter.Name))
                    own.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => Add(instrument.Name));
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => Add(instrument.Name));
        listener.Start();
        await using var shop = await TestShop.StartAsync();
        await shop.RecommendAsync(Pictures.Fresh());
        lock (measured)
        {
            Assert.Contains("imagerec.recommendation.duration", measured);
            Assert.Contains("imagerec.upload.size", measured);
            Assert.Contains("imagerec.step.duration", measured);
        }

        void Add(string name)
        {
            lock (measured)
                measured.Add(name);
        }
    }
}
