using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DrawnProducts;
using ImageRec.AspNetCore.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ImageRec.AspNetCore.Tests;

public sealed class ManageTests
{
    private static readonly DrawnProduct s_new = TestShop.Listed[0] with { Sku = "new/one", Name = "A <new> one" };

    [Fact]
    public async Task PutAndDelete_WithoutAPolicy_AreRefused()
    {
        await using var shop = await TestShop.StartAsync();
        using var put = await PutAsync(shop, s_new, Pictures.Fresh());
        await put.RefusedAsync(403, "managing-is-off");
        using var delete = await shop.Client.DeleteAsync($"/visual/items/{TestShop.Listed[0].Sku}", TestContext.Current.CancellationToken);
        await delete.RefusedAsync(403, "managing-is-off");
        Assert.Equal(TestShop.Products, shop.Catalog.Engine!.Count);
    }

    [Fact]
    public async Task Put_PolicySaysNo_IsRefused()
    {
        await using var shop = await StartAsync();
        using var response = await PutAsync(shop, s_new, Pictures.Fresh(), key: "wrong");
        await response.RefusedAsync(401, "not-allowed");
    }

    [Fact]
    public async Task Put_NewProduct_IsFoundByItsPicture()
    {
        await using var shop = await StartAsync();
        using var response = await PutAsync(shop, s_new, Pictures.Fresh(7));
        var result = await response.Content.ReadFromJsonAsync<UpsertResult>(TestContext.Current.CancellationToken);
        Assert.Equal((TestShop.Products + 1, "A <new> one"), (result!.Indexed, result.Product.Name));
        var hit = (await shop.RecommendAsync(Pictures.Fresh(7)))[0];
        Assert.Equal(("new/one", true), (hit.Product.Id, hit.IsSamePicture));
        using var picture = await shop.Client.GetAsync(hit.Product.Thumbnail, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
    }

    [Fact]
    public async Task Put_ReplacedPicture_ReplacesTheThumbnail()
    {
        await using var shop = await StartAsync();
        var listed = TestShop.Listed[3];
        var before = await shop.Client.GetByteArrayAsync($"/visual/thumbnails/320/{listed.Sku}", TestContext.Current.CancellationToken);
        using var response = await PutAsync(shop, listed, Pictures.Fresh(8));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.NotEqual(
            before, await shop.Client.GetByteArrayAsync($"/visual/thumbnails/320/{listed.Sku}", TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Put_SaveRefuses_LeavesTheIndexAlone()
    {
        await using var shop = await StartAsync(o => o.Save = (_, _) => throw new BadHttpRequestException("No room."));
        using var response = await PutAsync(shop, s_new, Pictures.Fresh());
        await response.RefusedAsync(400, "bad-body");
        Assert.Equal(TestShop.Products, shop.Catalog.Engine!.Count);
    }

    [Fact]
    public async Task Put_Save_GetsProductAndPicture()
    {
        (string Id, int Bytes)? saved = null;
        await using var shop = await StartAsync(o => o.Save = (upload, _) =>
        {
            saved = (upload.Id, upload.Picture.Length);
            return ValueTask.CompletedTask;
        });
        using var response = await PutAsync(shop, s_new, Pictures.Fresh());
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(("new/one", Pictures.Fresh().Length), saved);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public async Task Put_TruncatedPicture_IsRefusedBeforeTheAppStoresIt(double share)
    {
        var saved = 0;
        await using var shop = await StartAsync(o => o.Save = (_, _) =>
        {
            saved++;
            return ValueTask.CompletedTask;
        });
        var whole = Pictures.Fresh(7);
        using var response = await PutAsync(shop, s_new, whole[..(int)(whole.Length * share)]);
        await response.RefusedAsync(422, "damaged-picture");
        Assert.Equal((0, TestShop.Products), (saved, shop.Catalog.Engine!.Count));
    }

    [Fact]
    public async Task Put_SaveFails_NothingIsIndexedAndItsErrorStaysInside()
    {
        await using var shop = await StartAsync(o => o.Save = (_, _) => throw new InvalidOperationException("password=hunter2 at /srv/db"));
        using var response = await PutAsync(shop, s_new, Pictures.Fresh());
        var problem = await response.RefusedAsync(500, "store-failed");
        Assert.Contains("'new/one'", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", problem.Detail, StringComparison.Ordinal);
        Assert.Equal(TestShop.Products, shop.Catalog.Engine!.Count);
        using var item = await shop.Client.GetAsync("/visual/items/new/one", TestContext.Current.CancellationToken);
        await item.RefusedAsync(404, "no-such-product");
    }

    [Fact]
    public async Task Put_IndexFailsAfterSave_SaysSoAndTheNextRunRepairsIt()
    {
        var stored = new List<DrawnProduct>();
        var saved = false;
        TinyExtractor? extractor = null;
        extractor = new TinyExtractor
        {
            Before = _ => Volatile.Read(ref saved) ? throw new InvalidFeaturesException("out of memory") : Task.CompletedTask,
        };
        await using var shop = await StartAsync(
            o =>
            {
                o.Products = _ => [.. TestShop.Listed, .. stored];
                o.Image = p => ImageSource.FromBytes(p.Sku == s_new.Sku ? Pictures.Fresh(7) : Pictures.Draw(p), p.Sku);
                o.Save = (upload, _) =>
                {
                    stored.Add(upload.Item);
                    Volatile.Write(ref saved, true);
                    return ValueTask.CompletedTask;
                };
                o.FirstRetry = TimeSpan.FromMilliseconds(200);
            }, extractor);
        using var response = await PutAsync(shop, s_new, Pictures.Fresh(7));
        var problem = await response.RefusedAsync(500, "index-failed");
        Assert.Contains("Reindexing", problem.Detail, StringComparison.Ordinal);
        Volatile.Write(ref saved, false);
        await shop.UntilAsync(s => s.State == IndexingState.Ready && s.Indexed == TestShop.Products + 1);
        Assert.Equal("new/one", (await shop.RecommendAsync(Pictures.Fresh(7)))[0].Product.Id);
    }

    [Fact]
    public async Task Put_WithoutSave_OutlivesTheNextRun()
    {
        await using var shop = await StartAsync();
        using var put = await PutAsync(shop, s_new, Pictures.Fresh(7));
        using var replaced = await PutAsync(shop, TestShop.Listed[3] with { Name = "Another name" }, Pictures.Fresh(8));
        Assert.Equal(HttpStatusCode.OK, replaced.StatusCode);
        await RunAgainAsync(shop);
        Assert.Equal(TestShop.Products + 1, shop.Catalog.Engine!.Count);
        Assert.Equal("new/one", (await shop.RecommendAsync(Pictures.Fresh(7)))[0].Product.Id);
        var hit = (await shop.RecommendAsync(Pictures.Fresh(8)))[0];
        Assert.Equal((TestShop.Listed[3].Sku, true, "Another name"), (hit.Product.Id, hit.IsSamePicture, hit.Product.Name));
    }

    [Fact]
    public async Task Delete_WithoutDelete_OutlivesTheNextRun()
    {
        await using var shop = await StartAsync();
        var id = TestShop.Listed[2].Sku;
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(shop, id));
        await RunAgainAsync(shop);
        Assert.False(shop.Catalog.Engine!.TryGet(id, out _));
        using var back = await PutAsync(shop, TestShop.Listed[2], Pictures.Draw(TestShop.Listed[2]));
        Assert.Equal(HttpStatusCode.OK, back.StatusCode);
        await RunAgainAsync(shop);
        Assert.True(shop.Catalog.Engine!.TryGet(id, out _));
    }

    [Fact]
    public async Task PutAndDelete_Stored_FollowTheAppsOwnListAfterwards()
    {
        var listed = TestShop.Listed.ToList();
        await using var shop = await StartAsync(o =>
        {
            o.Products = _ => listed.ToList();
            o.Image = p => ImageSource.FromBytes(p.Sku == s_new.Sku ? Pictures.Fresh(7) : Pictures.Draw(p), p.Sku);
            o.Save = (upload, _) =>
            {
                listed.Add(upload.Item);
                return ValueTask.CompletedTask;
            };
            o.Delete = (id, _) =>
            {
                listed.RemoveAll(p => p.Sku == id);
                return ValueTask.CompletedTask;
            };
        });
        using var put = await PutAsync(shop, s_new, Pictures.Fresh(7));
        Assert.Equal(HttpStatusCode.NoContent, await DeleteAsync(shop, TestShop.Listed[2].Sku));
        // The app changes its mind on its own; nothing that was put or removed before stands in its way.
        listed.RemoveAll(p => p.Sku == s_new.Sku);
        listed.Insert(2, TestShop.Listed[2]);
        await RunAgainAsync(shop);
        Assert.Equal(TestShop.Products, shop.Catalog.Engine!.Count);
        Assert.True(shop.Catalog.Engine!.TryGet(TestShop.Listed[2].Sku, out _));
        Assert.False(shop.Catalog.Engine!.TryGet(s_new.Sku, out _));
    }

    [Fact]
    public async Task Put_WhileTheIndexerRuns_IsNotUndoneByWhatItReadBefore()
    {
        var extractor = new TinyExtractor();
        var listed = TestShop.Listed.Take(8).ToList();
        await using var shop = await StartAsync(o => o.Products = _ => listed.ToList(), extractor);
        var (began, hold) = (new TaskCompletionSource(), new TaskCompletionSource());
        listed.AddRange(TestShop.Listed.Skip(8).Take(40));
        extractor.Before = async token =>
        {
            began.TrySetResult();
            await hold.Task.WaitAsync(token);
        };
        shop.Catalog.Reindex();
        await began.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        // The run stands in its first batch of new products; the first product's turn comes in the second.
        var put = PutAsync(shop, listed[0] with { Name = "Put meanwhile" }, Pictures.Fresh(9));
        await Task.Delay(300, TestContext.Current.CancellationToken);
        hold.SetResult();
        using var response = await put;
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await shop.UntilAsync(s => s.State == IndexingState.Ready && s.Indexed == 48);
        var hit = (await shop.RecommendAsync(Pictures.Fresh(9)))[0];
        Assert.Equal((listed[0].Sku, true, "Put meanwhile"), (hit.Product.Id, hit.IsSamePicture, hit.Product.Name));
    }

    [Fact]
    public async Task Delete_DeleteFails_ProductStays()
    {
        await using var shop = await StartAsync(o => o.Delete = (_, _) => throw new TimeoutException("db at 10.0.0.7"));
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/visual/items/{TestShop.Listed[2].Sku}")
        {
            Headers = { { "X-Key", "right" } },
        };
        using var response = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.DoesNotContain("10.0.0.7", (await response.RefusedAsync(500, "store-failed")).Detail, StringComparison.Ordinal);
        Assert.True(shop.Catalog.Engine!.TryGet(TestShop.Listed[2].Sku, out _));
    }

    [Theory]
    [InlineData("""{ "Sku": """, "bad-body", 400)]
    [InlineData("null", "bad-body", 400)]
    [InlineData("{}", "bad-body", 400)]
    public async Task Put_UnusableProduct_IsRefused(string json, string type, int status)
    {
        await using var shop = await StartAsync();
        using var response = await PutAsync(shop, json, Pictures.Fresh());
        await response.RefusedAsync(status, type);
    }

    [Fact]
    public async Task Put_OtherIdThanTheAddress_IsRefused()
    {
        await using var shop = await StartAsync();
        using var response = await PutAsync(shop, JsonSerializer.Serialize(TestShop.Listed[1]), Pictures.Fresh());
        Assert.Contains("new/one", (await response.RefusedAsync(400, "bad-body")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_NotAPicture_IsRefused()
    {
        await using var shop = await StartAsync();
        using var response = await PutAsync(shop, s_new, "hello, I am a text"u8.ToArray());
        await response.RefusedAsync(415, "not-a-picture");
        Assert.Equal(TestShop.Products, shop.Catalog.Engine!.Count);
    }

    [Fact]
    public async Task Delete_Product_IsGone()
    {
        await using var shop = await StartAsync();
        var id = TestShop.Listed[2].Sku;
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/visual/items/{id}") { Headers = { { "X-Key", "right" } } };
        using var response = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.DoesNotContain(await shop.RecommendAsync(Pictures.Draw(TestShop.Listed[2])), h => h.Product.Id == id);
        using var gone = await shop.Client.GetAsync($"/visual/items/{id}", TestContext.Current.CancellationToken);
        await gone.RefusedAsync(404, "no-such-product");
    }

    private static async Task<HttpStatusCode> DeleteAsync(TestShop shop, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, $"/visual/items/{id}") { Headers = { { "X-Key", "right" } } };
        using var response = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return response.StatusCode;
    }

    private static async Task RunAgainAsync(TestShop shop)
    {
        shop.Catalog.Pause();
        shop.Catalog.Board.Change(s => s with { State = IndexingState.Paused });
        shop.Catalog.Resume();
        await shop.UntilAsync(s => s.State == IndexingState.Ready);
    }

    private static Task<TestShop> StartAsync(Action<ImageRecOptions<DrawnProduct>>? configure = null, TinyExtractor? extractor = null) =>
        TestShop.StartAsync(
        o =>
        {
            o.ManagePolicy = "keyholders";
            configure?.Invoke(o);
        },
        s => s.AddAuthorization(a => a.AddPolicy(
        "keyholders", p => p.RequireAssertion(c => c.Resource is HttpContext http && http.Request.Headers["X-Key"] == "right"))),
        extractor: extractor);

    private static Task<HttpResponseMessage> PutAsync(TestShop shop, DrawnProduct product, byte[] picture, string key = "right") =>
        PutAsync(shop, JsonSerializer.Serialize(product), picture, key, product.Sku);

    private static async Task<HttpResponseMessage> PutAsync(
        TestShop shop, string json, byte[] picture, string key = "right", string id = "new/one")
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent(json), "item" }, { TestShop.Raw(picture, "image/jpeg"), "picture", "p.jpg" },
        };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/visual/items/{id}")
        {
            Content = form, Headers = { { "X-Key", key } },
        };
        return await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
