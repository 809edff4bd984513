using System.Reflection;
using ImageRec.AspNetCore.Contracts;
using ImageRec.AspNetCore.Observability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ImageRec.AspNetCore.Tests;

public sealed class TelemetryTests
{
    [Fact]
    public async Task Metrics_OfAShop_AreThoseOfThePage()
    {
        using var measured = new Measured();
        await using var shop = await TestShop.StartAsync();
        await shop.RecommendAsync(Pictures.Fresh());
        await shop.GetAsync<RecommendationList>($"/visual/recommendations/{TestShop.Listed[0].Sku}");
        using var refused = await shop.Client.GetAsync("/visual/items/nothing", TestContext.Current.CancellationToken);
        var last = measured.Of(shop.Services);
        string[] expected =
        [
            "imagerec.catalog.products {product} imagerec.catalog=default imagerec.product.state=indexed",
            "imagerec.catalog.products {product} imagerec.catalog=default imagerec.product.state=unreadable",
            "imagerec.indexing.duration s imagerec.catalog=default",
            "imagerec.recommendation.duration s imagerec.catalog=default imagerec.query=picture",
            "imagerec.recommendation.duration s imagerec.catalog=default imagerec.query=product",
            "imagerec.request.refused {request} imagerec.catalog=default error.type=no-such-product",
            "imagerec.upload.size By imagerec.catalog=default",
        ];
        Assert.Empty(expected.Except(last.Keys));
        Assert.Equal(Pictures.Fresh().Length, last["imagerec.upload.size By imagerec.catalog=default"]);
        Assert.InRange(last["imagerec.recommendation.duration s imagerec.catalog=default imagerec.query=picture"], 1e-6, 60);
        var page = DocsPage.Text;
        foreach (var (name, unit, tags) in last.Keys.Select(key => key.Split(' ')).Select(parts => (parts[0], parts[1], parts[2..])))
        {
            var row = page.Split('\n').Single(line => line.StartsWith($"| `{name}` |", StringComparison.Ordinal));
            Assert.Contains($"`{unit}`", row, StringComparison.Ordinal);
            Assert.All(tags, tag => Assert.Contains($"`{tag.Split('=')[0]}`", row, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Metrics_OfAFailedRun_NameTheError()
    {
        using var measured = new Measured();
        await using var shop = await TestShop.StartAsync(o => o.Products = _ => [], wait: false);
        await shop.UntilAsync(s => s.State == IndexingState.Failed);
        Assert.Contains("imagerec.indexing.duration s imagerec.catalog=default error.type=ImageRec.CatalogException",
            measured.Of(shop.Services).Keys);
    }

    [Fact]
    public void LogMessages_EachNamesTheCatalog_AndStandsOnThePage()
    {
        var messages = typeof(LogMessages).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Select(method => (method.Name, Message: method.GetCustomAttribute<LoggerMessageAttribute>()!)).ToList();
        Assert.Equal(messages.Count, messages.Select(m => m.Message.EventId).Distinct().Count());
        foreach (var (name, message) in messages)
        {
            Assert.StartsWith("Catalog {Catalog}: ", message.Message, StringComparison.Ordinal);
            Assert.Contains($"| {message.EventId} | {name} | {message.Level} |", DocsPage.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Log_Categories_AreOfTheIndexerAndOfRequests()
    {
        using var log = new LogLines();
        await using var app = await CatalogApp.StartAsync(
            services => services.AddImageRec<DrawnProducts.DrawnProduct>(CatalogApp.Over([])), log: log);
        await CatalogApp.UntilAsync(() => log.All.Any(line => line.Id == 4), () => string.Join('\n', log.All));
        Assert.All(log.All, line => Assert.Equal("ImageRec.AspNetCore.Indexer", line.Category));
        var failed = log.All.First(line => line.Id == 4).Text;
        Assert.StartsWith("Catalog default: indexing failed: There are no products to recommend from. [CatalogException]", failed,
            StringComparison.Ordinal);
    }
}
