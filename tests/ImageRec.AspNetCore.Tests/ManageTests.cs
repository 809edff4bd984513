using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DrawnProducts;
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
        Assert.NotEqual(before, await shop.Client.GetByteArrayAsync($"/visual/thumbnails/320/{listed.Sku}", TestContext.Current.CancellationToken));
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

    private static Task<TestShop> StartAsync(Action<ImageRecOptions<DrawnProduct>>? configure = null) => TestShop.StartAsync(
        o =>
        {
            o.ManagePolicy = "keyholders";
            configure?.Invoke(o);
        },
        s => s.AddAuthorization(a => a.AddPolicy("keyholders", p => p.RequireAssertion(c => c.Resource is HttpContext http && http.Request.Headers["X-Key"] == "right"))));

    private static Task<HttpResponseMessage> PutAsync(TestShop shop, DrawnProduct product, byte[] picture, string key = "right") =>
        PutAsync(shop, JsonSerializer.Serialize(product), picture, key, product.Sku);

    private static async Task<HttpResponseMessage> PutAsync(TestShop shop, string json, byte[] picture, string key = "right", string id = "new/one")
    {
        using var form = new MultipartFormDataContent { { new StringContent(json), "item" }, { TestShop.Raw(picture, "image/jpeg"), "picture", "p.jpg" } };
        using var request = new HttpRequestMessage(HttpMethod.Put, $"/visual/items/{id}") { Content = form, Headers = { { "X-Key", key } } };
        return await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
