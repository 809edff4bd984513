using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DrawnProducts;
using ImageRec.AspNetCore.Contracts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ImageRec.AspNetCore.Tests;

public sealed class SeveralCatalogsTests
{
    [Fact]
    public async Task AddImageRec_SameTypeByName_EachServesItsOwn()
    {
        await using var app = await CatalogApp.StartAsync(
            services =>
            {
                services.AddImageRec<DrawnProduct>(CatalogApp.Over(TestShop.Listed.Take(9)));
                services.AddImageRec<DrawnProduct>("outlet", CatalogApp.Over(TestShop.Listed.Skip(9).Take(6)));
            },
            app =>
            {
                app.MapImageRec("/visual");
                app.MapImageRec("/outlet", "outlet");
            });
        var client = app.GetTestClient();
        await app.Services.GetRequiredService<VisualCatalog<DrawnProduct>>().WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        var outlet = app.Services.GetRequiredKeyedService<VisualCatalog<DrawnProduct>>("outlet");
        await outlet.WaitUntilReadyAsync(TestContext.Current.CancellationToken);

        var page = await client.GetFromJsonAsync<ProductPage>("/outlet/items", TestContext.Current.CancellationToken);
        Assert.Equal(TestShop.Listed.Skip(9).Take(6).Select(p => p.Sku), page!.Products.Select(p => p.Id));
        Assert.Equal(("outlet", 6), (outlet.Name, outlet.Engine!.Count));
        Assert.Equal(9, (await client.GetFromJsonAsync<ProductPage>("/visual/items", TestContext.Current.CancellationToken))!.Total);
        Assert.StartsWith("/outlet/thumbnails/320/", page.Products[0].Thumbnail, StringComparison.Ordinal);
        using var picture = await client.GetAsync(page.Products[0].Thumbnail, TestContext.Current.CancellationToken);
        Assert.True(picture.IsSuccessStatusCode);
        Assert.Equal("Healthy", await client.GetStringAsync("/health", TestContext.Current.CancellationToken));
        var document = JsonNode.Parse(await client.GetStringAsync("/outlet/openapi/imagerec.json", TestContext.Current.CancellationToken))!;
        Assert.NotNull(document["paths"]!["/outlet/items"]!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["example"]);
        Assert.NotNull(document["paths"]!["/visual/items"]);
    }

    [Fact]
    public async Task AddImageRec_TwoTypesWithoutNames_AreMappedByType()
    {
        using var folder = new TestFolder();
        await File.WriteAllBytesAsync(folder.File("a.jpg"), Pictures.Fresh(1), TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(folder.File("b.jpg"), Pictures.Fresh(2), TestContext.Current.CancellationToken);
        await using var app = await CatalogApp.StartAsync(
            services =>
            {
                services.AddImageRec<DrawnProduct>(CatalogApp.Over(TestShop.Listed.Take(9)));
                services.AddImageRec(folder.Path, configure: o => o.Builder = CatalogApp.Builder);
            },
            app =>
            {
                app.MapImageRec<DrawnProduct>("/products");
                app.MapImageRec<CatalogItem>("/photos");
            });
        await app.Services.GetRequiredService<VisualCatalog<CatalogItem>>().WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        var client = app.GetTestClient();
        Assert.Equal(2, (await client.GetFromJsonAsync<ProductPage>("/photos/items", TestContext.Current.CancellationToken))!.Total);
        var error = Assert.Throws<InvalidOperationException>(() => app.MapImageRec("/which"));
        Assert.Contains("MapImageRec<CatalogItem>(prefix)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapImageRec_OneCatalogUnderTwoPrefixes_WorksUnderBoth()
    {
        await using var app = await CatalogApp.StartAsync(
            services => services.AddImageRec<DrawnProduct>(CatalogApp.Over(TestShop.Listed.Take(9))), app =>
        {
            app.MapImageRec("/one");
            app.MapImageRec("/two");
        });
        await app.Services.GetRequiredService<VisualCatalog<DrawnProduct>>().WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        foreach (var prefix in (string[])["/one", "/two"])
        {
            var page = await app.GetTestClient().GetFromJsonAsync<ProductPage>($"{prefix}/items", TestContext.Current.CancellationToken);
            Assert.StartsWith(prefix, page!.Products[0].Picture, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void AddImageRec_SameTypeTwiceWithoutNames_IsAnErrorThatSaysHowToNameOne()
    {
        var services = new ServiceCollection().AddImageRec("photos");
        var error = Assert.Throws<InvalidOperationException>(() => services.AddImageRec("photos"));
        Assert.Contains("name", error.Message, StringComparison.Ordinal);
        services.AddImageRec("photos", name: "other");
        Assert.Contains("'other'", Assert.Throws<InvalidOperationException>(() => services.AddImageRec("photos", name: "other")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddImageRec_TwoCatalogsInOneFile_IsAnError()
    {
        using var folder = new TestFolder();
        var file = folder.File("shop.imagerec");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => CatalogApp.StartAsync(
            services =>
            {
                services.AddImageRec<DrawnProduct>("one", o => { CatalogApp.Over(TestShop.Listed.Take(9))(o); o.CatalogFile = file; });
                services.AddImageRec<DrawnProduct>("two", o => { CatalogApp.Over(TestShop.Listed.Take(9))(o); o.CatalogFile = file; });
            },
            app => { }));
        Assert.Contains("'one'", error.Message, StringComparison.Ordinal);
        Assert.Contains("file of its own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapImageRec_UnknownName_ListsTheNamesThereAre()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => CatalogApp.StartAsync(
            services => services.AddImageRec<DrawnProduct>("outlet", CatalogApp.Over(TestShop.Listed.Take(9))),
            app => app.MapImageRec("/x", "outlett")));
        Assert.Contains("\"outlet\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddImageRec_NameOfAnotherCatalog_IsAnErrorWhateverItsType()
    {
        var services = new ServiceCollection().AddImageRec("photos").AddImageRec("photos", name: "shoes");
        foreach (var taken in (string[])["shoes", "Shoes", "default"])
        {
            var error = Assert.Throws<InvalidOperationException>(() => services.AddImageRec<DrawnProduct>(taken, _ => { }));
            Assert.Contains($"'{taken}'", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Inject_KeyedCatalogAndEngine_AreThoseOfTheName()
    {
        await using var app = await StartTwoAsync();
        var consumer = ActivatorUtilities.CreateInstance<Consumer>(app.Services);
        Assert.Same(app.Services.GetRequiredKeyedService<VisualCatalog<DrawnProduct>>("outlet"), consumer.Catalog);
        Assert.Same(consumer.Catalog.Engine, consumer.Engine);
        Assert.Equal(6, consumer.Engine.Count);
        Assert.Equal(9, app.Services.GetRequiredService<IRecommendationEngine<DrawnProduct>>().Count);
    }

    [Fact]
    public async Task Inject_EngineBeforeTheFirstIndex_SaysWhatToInject()
    {
        var extractor = new TinyExtractor { Before = token => Task.Delay(Timeout.Infinite, token) };
        await using var shop = await TestShop.StartAsync(extractor: extractor, wait: false);
        var error = Assert.Throws<InvalidOperationException>(() => shop.Services.GetRequiredService<IRecommendationEngine<DrawnProduct>>());
        Assert.Contains("Inject VisualCatalog<DrawnProduct>", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Health_NamesEveryCatalog()
    {
        await using var app = await StartTwoAsync();
        var report = await app.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["imagerec", "imagerec-outlet"], report.Entries.Keys.Order());
        var outlet = report.Entries["imagerec-outlet"];
        Assert.Equal("Catalog outlet: 6 products are indexed.", outlet.Description);
        Assert.Equal(("outlet", "ready", 6), (outlet.Data["catalog"], outlet.Data["state"], outlet.Data["indexed"]));
        Assert.Equal("imagerec", Assert.Single(outlet.Tags));
        Assert.Equal("Catalog default: 9 products are indexed.", report.Entries["imagerec"].Description);
    }

    [Fact]
    public async Task Log_OfTwoCatalogs_HasNoLineInCommon()
    {
        using var log = new LogLines();
        var listed = TestShop.Listed.Take(6).ToList();
        await using var app = await CatalogApp.StartAsync(
            services =>
            {
                foreach (var name in (string[])["left", "right"])
                {
                    services.AddImageRec<DrawnProduct>(name, o =>
                    {
                        CatalogApp.Over(listed)(o);
                        o.Image = p => ImageSource.FromBytes(p == listed[0] ? "no picture"u8.ToArray() : Pictures.Draw(p), p.Sku);
                        o.ManagePolicy = "anyone";
                        o.FirstRetry = TimeSpan.FromMinutes(1);
                    });
                }
                services.AddAuthorization(a => a.AddPolicy("anyone", p => p.RequireAssertion(_ => true)));
            },
            app =>
            {
                app.MapImageRec("/left", "left");
                app.MapImageRec("/right", "right");
            }, log);
        foreach (var name in (string[])["left", "right"])
        {
            var catalog = app.Services.GetRequiredKeyedService<VisualCatalog<DrawnProduct>>(name);
            await catalog.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
            using var refused = await app.GetTestClient().GetAsync($"/{name}/items/nothing", TestContext.Current.CancellationToken);
            await refused.RefusedAsync(404, "no-such-product");
        }
        listed.Clear();
        foreach (var name in (string[])["left", "right"])
        {
            var catalog = app.Services.GetRequiredKeyedService<VisualCatalog<DrawnProduct>>(name);
            catalog.Reindex();
            await CatalogApp.UntilAsync(() => catalog.Status.State == IndexingState.Failed, () => $"{catalog.Status}");
        }
        await CatalogApp.UntilAsync(() => log.All.Count(line => line.Id == 4) == 2, () => string.Join('\n', log.All));
        var (left, right) = (Of("left"), Of("right"));
        Assert.Equal(log.All.Count, left.Count + right.Count);
        Assert.Equal(left.Select(line => line.Id).ToHashSet(), right.Select(line => line.Id).ToHashSet());
        Assert.Superset(new HashSet<int> { 2, 4, 7, 12, 20 }, left.Select(line => line.Id).ToHashSet());

        List<LogLine> Of(string name) => [.. log.All.Where(line => line.Text.StartsWith($"Catalog {name}: ", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task Metrics_NameTheCatalog()
    {
        using var measured = new Measured();
        await using var app = await StartTwoAsync();
        using var picture = TestShop.Raw(Pictures.Fresh(), "image/jpeg");
        using var answer = await app.GetTestClient().PostAsync("/outlet/recommendations", picture, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode);
        var last = measured.Of(app.Services);
        Assert.Contains("imagerec.recommendation.duration s imagerec.catalog=outlet imagerec.query=picture", last.Keys);
        Assert.Equal(6, last["imagerec.catalog.products {product} imagerec.catalog=outlet imagerec.product.state=indexed"]);
        Assert.Equal(9, last["imagerec.catalog.products {product} imagerec.catalog=default imagerec.product.state=indexed"]);
        Assert.DoesNotContain("imagerec.recommendation.duration s imagerec.catalog=default imagerec.query=picture", last.Keys);
    }

    [Fact]
    public async Task Endpoints_AreNamedAfterTheCatalog()
    {
        await using var app = await StartTwoAsync();
        var document = JsonNode.Parse(
            await app.GetTestClient().GetStringAsync("/outlet/openapi/imagerec.json", TestContext.Current.CancellationToken))!;
        var operation = document["paths"]!["/outlet/items"]!["get"]!;
        Assert.Equal(("ImageRec.Items.outlet", "Visual recommendations: outlet"),
            ((string?)operation["operationId"], (string?)operation["tags"]![0]));
        Assert.Equal("ImageRec.Items", (string?)document["paths"]!["/visual/items"]!["get"]!["operationId"]);
        var status = await app.GetTestClient().GetFromJsonAsync<IndexingStatus>("/outlet/status", TestContext.Current.CancellationToken);
        Assert.Equal("outlet", status!.Catalog);
    }

    private static async Task<WebApplication> StartTwoAsync()
    {
        var app = await CatalogApp.StartAsync(
            services =>
            {
                services.AddImageRec<DrawnProduct>("outlet", CatalogApp.Over(TestShop.Listed.Skip(9).Take(6)));
                services.AddImageRec<DrawnProduct>(CatalogApp.Over(TestShop.Listed.Take(9)));
            },
            app =>
            {
                app.MapImageRec("/visual");
                app.MapImageRec("/outlet", "outlet");
            });
        await app.Services.GetRequiredService<VisualCatalog<DrawnProduct>>().WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        var outlet = app.Services.GetRequiredKeyedService<VisualCatalog<DrawnProduct>>("outlet");
        await outlet.WaitUntilReadyAsync(TestContext.Current.CancellationToken);
        return app;
    }

    private sealed class Consumer(
        [FromKeyedServices("outlet")] VisualCatalog<DrawnProduct> catalog,
        [FromKeyedServices("outlet")] IRecommendationEngine<DrawnProduct> engine)
    {
        public VisualCatalog<DrawnProduct> Catalog => catalog;

        public IRecommendationEngine<DrawnProduct> Engine => engine;
    }
}
