using System.Text.Json.Nodes;
using DrawnProducts;
using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Endpoints;
using ImageRec.AspNetCore.Filters;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
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
        var options = new ImageRecOptions<DrawnProduct>().Attribute("color", p => p.Color);
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
            await File.WriteAllBytesAsync(
                folder.File($"{product.Category}/{product.Sku}.jpg"), Pictures.Draw(product), TestContext.Current.CancellationToken);
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
        var document = JsonNode.Parse(
            await shop.Client.GetStringAsync("/visual/openapi/imagerec.json", TestContext.Current.CancellationToken))!;
        var operations = document["paths"]!.AsObject()
            .SelectMany(path => path.Value!.AsObject().Select(o => (path.Key, o.Key, Value: o.Value!))).ToList();
        Assert.True(operations.Count >= 15, string.Join(", ", operations.Select(o => o.Item1)));
        Assert.All(operations, o => Assert.NotNull(o.Value["summary"]));
        var byPicture = document["paths"]!["/visual/recommendations"]!["post"]!;
        Assert.Contains(byPicture["parameters"]!.AsArray(), p => (string?)p!["name"] == "diversity");
        Assert.NotNull(byPicture["responses"]!["200"]!["content"]!["application/json"]!["example"]!["recommendations"]);
        Assert.NotNull(byPicture["responses"]!["415"]!["content"]!["application/problem+json"]!["example"]!["detail"]);
    }

    [Fact]
    public async Task OpenApi_LeavesNothingUndescribed()
    {
        await using var shop = await TestShop.StartAsync();
        var document = JsonNode.Parse(
            await shop.Client.GetStringAsync("/visual/openapi/imagerec.json", TestContext.Current.CancellationToken))!;
        var missing = new List<string>();
        foreach (var (path, operations) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in operations!.AsObject())
            {
                Describe($"{method} {path}", operation!);
                Require($"{method} {path} summary", operation!["summary"]);
                foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
                {
                    Describe($"{method} {path} {parameter!["name"]}", parameter);
                    Require($"{method} {path} {parameter["name"]} example", parameter["example"]);
                }
                foreach (var (status, response) in operation["responses"]!.AsObject())
                    Describe($"{method} {path} {status}", response!);
                if (operation["requestBody"] is { } body)
                    Describe($"{method} {path} body", body);
            }
        }
        foreach (var (name, schema) in document["components"]!["schemas"]!.AsObject())
        {
            Describe(name, schema!);
            foreach (var (property, value) in schema!["properties"]?.AsObject() ?? [])
                Describe($"{name}.{property}", value!);
        }
        Assert.Empty(missing);

        void Describe(string what, JsonNode node) => Require(what, node["description"]);

        void Require(string what, JsonNode? text)
        {
            if (string.IsNullOrWhiteSpace(text?.ToString()) || text.ToString() is "Another response.")
                missing.Add(what);
        }
    }

    [Fact]
    public async Task OpenApi_FiltersOfTheProducts_AreParameters()
    {
        await using var shop = await TestShop.StartAsync();
        var document = JsonNode.Parse(
            await shop.Client.GetStringAsync("/visual/openapi/imagerec.json", TestContext.Current.CancellationToken))!;
        foreach (var (path, method) in ((string, string)[])[("/visual/items", "get"), ("/visual/recommendations", "post")])
        {
            var names = document["paths"]![path]![method]!["parameters"]!.AsArray().Select(p => (string)p!["name"]!);
            Assert.Superset(new HashSet<string> { "color", "price", "inStock", "category", "search" }, names.ToHashSet());
        }
    }

    [Fact]
    public async Task Responses_OfEveryEndpoint_NeedNoReflection()
    {
        await using var shop = await TestShop.StartAsync();
        var types = shop.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(endpoint => endpoint.Metadata.GetMetadata<CatalogMapping>() is not null)
            .SelectMany(endpoint => endpoint.Metadata.OfType<IProducesResponseTypeMetadata>())
            .Select(response => response.Type).Where(type => type is not null && type != typeof(void) && type != typeof(ProblemDetails))
            .Distinct().ToList();
        Assert.True(types.Count >= 8, string.Join(", ", types));
        Assert.All(types, type => Assert.NotNull(ContractJson.Default.GetTypeInfo(type!)));
        object[] values = ["text", true, (byte)1, (sbyte)1, (short)1, (ushort)1, 1, 1u, 1L, 1ul, 1f, 1d, 1m];
        Assert.All(values, value => Assert.NotNull(ContractJson.Default.GetTypeInfo(FieldValue.Plain(value)!.GetType())));
    }
}
