using System.Net.Http.Json;
using DrawnProducts;
using ImageRec.AspNetCore.Contracts;

namespace ImageRec.AspNetCore.Tests;

public sealed class RecommendByProductTests
{
    [Fact]
    public async Task Get_Product_ReturnsOthersLikeIt()
    {
        await using var shop = await TestShop.StartAsync();
        var list = await shop.GetAsync<RecommendationList>($"/visual/recommendations/{TestShop.Listed[4].Sku}?count=7");
        Assert.Equal(7, list.Recommendations.Count);
        Assert.DoesNotContain(list.Recommendations, h => h.Product.Id == TestShop.Listed[4].Sku);
    }

    [Fact]
    public async Task Get_UnknownProduct_IsRefusedByName()
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync("/visual/recommendations/nothing", TestContext.Current.CancellationToken);
        Assert.Contains("'nothing'", (await response.RefusedAsync(404, "no-such-product")).Detail, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("shoes/red one.jpg", "shoes/red%20one.jpg")]
    [InlineData("shoes/red one.jpg", "shoes%2Fred%20one.jpg")]
    [InlineData("100%2F.jpg", "100%252F.jpg")]
    [InlineData("<b>&\"'</b>", "%3Cb%3E%26%22%27%3C%2Fb%3E")]
    public async Task Get_UnusualId_IsFoundAndEncoded(string id, string address)
    {
        await using var shop = await TestShop.StartAsync(o => o.Id = p => p.Sku == TestShop.Listed[0].Sku ? id : p.Sku);
        var list = await shop.GetAsync<RecommendationList>($"/visual/recommendations/{address}");
        Assert.Equal(5, list.Recommendations.Count);
        var own = await shop.GetAsync<ProductView>($"/visual/items/{address}");
        Assert.Equal(id, own.Id);
        using var picture = await shop.Client.GetAsync(own.Thumbnail, TestContext.Current.CancellationToken);
        Assert.Equal("image/jpeg", picture.Content.Headers.ContentType?.MediaType);
        var raw = await shop.Client.GetStringAsync($"/visual/items/{address}", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("<", raw, StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostLike_LikedAndDisliked_ReturnsNeither()
    {
        await using var shop = await TestShop.StartAsync();
        var taste = new LikedAndDisliked { Liked = [TestShop.Listed[0].Sku, TestShop.Listed[12].Sku], Disliked = [TestShop.Listed[3].Sku] };
        using var response = await shop.Client.PostAsJsonAsync(
            "/visual/recommendations/like?count=45", taste, TestContext.Current.CancellationToken);
        var hits = await response.ReadAsync();
        Assert.Equal(45, hits.Count);
        Assert.Empty(hits.Select(h => h.Product.Id).Intersect(taste.Liked.Concat(taste.Disliked)));
    }

    [Fact]
    public async Task PostLike_Disliked_RanksWhatLooksLikeItLower()
    {
        await using var shop = await TestShop.StartAsync();
        var liked = TestShop.Listed[0].Sku;
        var near = (await shop.GetAsync<RecommendationList>($"/visual/recommendations/{liked}?count=2")).Recommendations;
        var taste = new LikedAndDisliked { Liked = [liked], Disliked = [near[0].Product.Id] };
        using var response = await shop.Client.PostAsJsonAsync(
            "/visual/recommendations/like?count=46", taste, TestContext.Current.CancellationToken);
        var hit = (await response.ReadAsync()).Single(h => h.Product.Id == near[1].Product.Id);
        Assert.True(hit.Score < near[1].Score);
    }

    [Theory]
    [InlineData("""{ "liked": [], "disliked": ["sneaker-001"] }""", 400, "bad-body")]
    [InlineData("""{ "liked": ["sneaker-001", ""] }""", 400, "bad-body")]
    [InlineData("""{ "liked": null }""", 400, "bad-body")]
    [InlineData("""{ "liked": """, 400, "bad-body")]
    [InlineData("""{ "liked": ["sneaker-001"], "disliked": ["nothing"] }""", 404, "no-such-product")]
    public async Task PostLike_UnusableBody_IsRefused(string json, int status, string type)
    {
        await using var shop = await TestShop.StartAsync();
        using var content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        using var response = await shop.Client.PostAsync("/visual/recommendations/like", content, TestContext.Current.CancellationToken);
        await response.RefusedAsync(status, type);
    }

    [Fact]
    public async Task Get_ProductWithoutAReadablePicture_SaysThatItIsNotIndexed()
    {
        await using var shop = await TestShop.StartAsync(o => o.Image = p =>
            ImageSource.FromBytes(p.Kind == ProductKind.Mug ? "no picture"u8.ToArray() : Pictures.Draw(p), $"/secret/path/{p.Sku}.jpg"));
        var mug = TestShop.Listed.First(p => p.Kind == ProductKind.Mug).Sku;
        using var response = await shop.Client.GetAsync($"/visual/recommendations/{mug}", TestContext.Current.CancellationToken);
        await response.RefusedAsync(409, "not-indexed");
        Assert.Equal(4, shop.Catalog.Status.Unreadable);
        using var picture = await shop.Client.GetAsync($"/visual/thumbnails/320/{mug}", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("secret", (await picture.RefusedAsync(422, "damaged-picture")).Detail, StringComparison.Ordinal);
    }
}
