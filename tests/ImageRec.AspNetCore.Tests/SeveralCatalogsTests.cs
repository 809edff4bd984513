using System.Net.Http.Json;
using System.Text.Json.Nodes;
using DrawnProducts;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Tests;

public sealed class SeveralCatalogsTests
{
    [Fact]
    public async Task AddImageRec_SameTypeByName_EachServesItsOwn()
    {
        await using var app = await StartAsync(
            services =>
            {
                services.AddImageRec<DrawnProduct>(Over(TestShop.Listed.Take(9)));
                services.AddImageRec<DrawnProduct>("outlet", Over(TestShop.Listed.Skip(9).Take(6)));
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
        await using var app = await StartAsync(
            services =>
            {
                services.AddImageRec<DrawnProduct>(Over(TestShop.Listed.Take(9)));
                services.AddImageRec(folder.Path, configure: o => o.Builder = Builder);
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
        await using var app = await StartAsync(services => services.AddImageRec<DrawnProduct>(Over(TestShop.Listed.Take(9))), app =>
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
        Assert.Contains("'other'", Assert.Throws<InvalidOperationException>(() => services.AddImageRec("photos", name: "other")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddImageRec_TwoCatalogsInOneFile_IsAnError()
    {
        using var folder = new TestFolder();
        var file = folder.File("shop.imagerec");
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            services =>
            {
                services.AddImageRec<DrawnProduct>("one", o => { Over(TestShop.Listed.Take(9))(o); o.CatalogFile = file; });
                services.AddImageRec<DrawnProduct>("two", o => { Over(TestShop.Listed.Take(9))(o); o.CatalogFile = file; });
            },
            app => { }));
        Assert.Contains("'one'", error.Message, StringComparison.Ordinal);
        Assert.Contains("file of its own", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MapImageRec_UnknownName_ListsTheNamesThereAre()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => StartAsync(
            services => services.AddImageRec<DrawnProduct>("outlet", Over(TestShop.Listed.Take(9))), app => app.MapImageRec("/x", "outlett")));
        Assert.Contains("\"outlet\"", error.Message, StringComparison.Ordinal);
    }

    private static RecommenderBuilder Builder() => new RecommenderBuilder().UseExtractor(new TinyExtractor()).WithoutReduction().ClusterWithKMeans(2);

    private static Action<ImageRecOptions<DrawnProduct>> Over(IEnumerable<DrawnProduct> products) => options =>
    {
        options.Products = _ => products;
        options.Id = product => product.Sku;
        options.Image = product => ImageSource.FromBytes(Pictures.Draw(product), product.Sku);
        options.Builder = Builder;
    };

    private static async Task<WebApplication> StartAsync(Action<IServiceCollection> services, Action<WebApplication> map)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        services(builder.Services);
        var app = builder.Build();
        try
        {
            map(app);
            app.MapHealthChecks("/health");
            await app.StartAsync(TestContext.Current.CancellationToken);
            return app;
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }
}
