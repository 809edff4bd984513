using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRec.AspNetCore.Tests;

public sealed class StatusTests
{
    [Fact]
    public async Task Events_TellTheWayToReady()
    {
        var extractor = new TinyExtractor { Before = token => Task.Delay(400, token) };
        await using var shop = await TestShop.StartAsync(o => o.Products = _ => TestShop.Many, extractor: extractor, wait: false);
        await using var stream = await shop.Client.GetStreamAsync("/visual/status/events", TestContext.Current.CancellationToken);
        var states = new List<IndexingStatus>();
        await foreach (var item in SseParser.Create(stream).EnumerateAsync(TestContext.Current.CancellationToken))
        {
            Assert.Equal("status", item.EventType);
            states.Add(JsonSerializer.Deserialize<IndexingStatus>(item.Data, JsonSerializerOptions.Web)!);
            if (states[^1].State == IndexingState.Ready)
                break;
        }
        Assert.Contains(states, s => s.State == IndexingState.Building);
        Assert.Equal(states.Select(s => s.Done).Order(), states.Select(s => s.Done));
        Assert.Equal((TestShop.Many.Count, true), (states[^1].Indexed, states[^1].CanRecommend));
    }

    [Fact]
    public async Task Events_TooManyListeners_AreRefused_AndPlacesComeBack()
    {
        await using var shop = await TestShop.StartAsync(o => o.Limits = new() { Listeners = 1 }, kestrel: true);
        using var leaving = new CancellationTokenSource();
        var first = await shop.Client.GetStreamAsync("/visual/status/events", TestContext.Current.CancellationToken);
        using var second = await shop.Client.GetAsync(
            "/visual/status/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        await second.RefusedAsync(503, "busy");
        await first.DisposeAsync();
        for (var i = 0; ; i++)
        {
            using var third = await shop.Client.GetAsync(
                "/visual/status/events", HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
            if (third.StatusCode == HttpStatusCode.OK)
                return;
            Assert.True(i < 100, "The first listener's place did not come back.");
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task Health_FollowsTheIndex()
    {
        var extractor = new TinyExtractor();
        var hold = new TaskCompletionSource();
        extractor.Before = hold.Task.WaitAsync;
        await using var shop = await TestShop.StartAsync(extractor: extractor, wait: false);
        Assert.Equal("Degraded", await shop.Client.GetStringAsync("/health", TestContext.Current.CancellationToken));
        hold.SetResult();
        await shop.ReadyAsync();
        Assert.Equal("Healthy", await shop.Client.GetStringAsync("/health", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Status_ListingFails_SaysWhyAndIsUnhealthy()
    {
        await using var shop = await TestShop.StartAsync(
            o => o.Products = _ => throw new CatalogException("The product database is away."), wait: false);
        var status = await shop.UntilAsync(s => s.State == IndexingState.Failed);
        Assert.Equal("The product database is away.", status.Message);
        using var health = await shop.Client.GetAsync("/health", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        using var response = await shop.PostPictureAsync(Pictures.Fresh());
        await response.RefusedAsync(503, "not-ready");
    }

    [Fact]
    public async Task Status_UnexpectedError_KeepsItsDetailsInside()
    {
        await using var shop = await TestShop.StartAsync(
            o => o.Products = _ => throw new IOException("/srv/secret/products.db is locked"), wait: false);
        var status = await shop.UntilAsync(s => s.State == IndexingState.Failed);
        Assert.DoesNotContain("secret", status.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("stop")]
    [InlineData("reindex")]
    public async Task Steering_WithoutAPolicy_IsRefused(string action)
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.PostAsync($"/visual/indexing/{action}", null, TestContext.Current.CancellationToken);
        await response.RefusedAsync(403, "managing-is-off");
    }

    [Fact]
    public async Task Steering_PauseAndResume_KeepsWhatWasDone()
    {
        using var folder = new TestFolder();
        TinyExtractor? extractor = null;
        var held = true;
        // Stands still after the first batch until it is resumed, however slow or fast the machine is.
        extractor = new TinyExtractor { Before = token => Volatile.Read(ref held) && extractor!.Extracted >= 64
            ? Task.Delay(Timeout.Infinite, token)
            : Task.Delay(300, token) };
        await using var shop = await TestShop.StartAsync(
            o => (o.Products, o.CatalogFile, o.ManagePolicy) = (_ => TestShop.Many, folder.File("shop.imagerec"), "anyone"),
            s => s.AddAuthorization(a => a.AddPolicy("anyone", p => p.RequireAssertion(_ => true))), extractor: extractor, wait: false);
        await shop.UntilAsync(s => s.Done >= 64);
        await PostAsync("pause", IndexingState.Paused);
        var done = extractor.Extracted;
        Assert.InRange(done, 64, TestShop.Many.Count - 1);
        await Task.Delay(600, TestContext.Current.CancellationToken);
        Assert.Equal(done, extractor.Extracted);
        Volatile.Write(ref held, false);
        await PostAsync("resume", IndexingState.Ready);
        Assert.Equal(TestShop.Many.Count, shop.Catalog.Status.Indexed);
        Assert.InRange(extractor.Extracted, TestShop.Many.Count, TestShop.Many.Count + 64);

        async Task PostAsync(string action, IndexingState expected)
        {
            using var response = await shop.Client.PostAsync($"/visual/indexing/{action}", null, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
            await shop.UntilAsync(s => s.State == expected);
        }
    }
}
