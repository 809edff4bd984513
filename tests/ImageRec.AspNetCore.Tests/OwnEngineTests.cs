using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using DrawnProducts;
using ImageRec.AspNetCore.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace ImageRec.AspNetCore.Tests;

public sealed class OwnEngineTests
{
    private static readonly string s_id = TestShop.Listed[3].Sku;

    [Fact]
    public async Task Start_WithoutProducts_ServesWhatTheEngineHas()
    {
        var engine = await SharedEngine.OverAsync(TestShop.Listed);
        await using var shop = await StartAsync(engine);
        Assert.Equal((IndexingState.Ready, true, TestShop.Products),
            (shop.Catalog.Status.State, shop.Catalog.Status.CanRecommend, shop.Catalog.Status.Indexed));
        Assert.Same(engine, shop.Catalog.Engine);
        Assert.Equal(0, shop.Extractor.Extracted);

        var same = (await shop.RecommendAsync(Pictures.Draw(TestShop.Listed[3])))[0];
        Assert.Equal((s_id, true), (same.Product.Id, same.IsSamePicture));
        var similar = await shop.GetAsync<RecommendationList>($"/visual/recommendations/{s_id}?count=4&color={TestShop.Listed[5].Color}");
        Assert.All(similar.Recommendations, hit => Assert.Equal(TestShop.Listed[5].Color, hit.Product.Attributes["color"]?.ToString()));
        using var taste = await shop.Client.PostAsJsonAsync(
            "/visual/recommendations/like", new { liked = new[] { s_id }, disliked = new[] { TestShop.Listed[9].Sku } },
            TestContext.Current.CancellationToken);
        Assert.Equal(5, (await taste.ReadAsync()).Count);
        Assert.Equal(TestShop.Listed[3].Name, (await shop.GetAsync<ProductView>($"/visual/items/{s_id}")).Name);
        using var thumbnail = await shop.Client.GetAsync($"/visual/thumbnails/160/{s_id}", TestContext.Current.CancellationToken);
        Assert.Equal("image/jpeg", thumbnail.Content.Headers.ContentType?.MediaType);
    }

    [Theory]
    [InlineData("items", "not-listed", 501)]
    [InlineData("facets", "not-listed", 501)]
    [InlineData("clusters", "no-clusters", 501)]
    [InlineData("clusters/0", "no-clusters", 501)]
    [InlineData("items/none", "no-such-product", 404)]
    [InlineData("thumbnails/160/none", "no-such-product", 404)]
    [InlineData("recommendations/none", "no-such-product", 404)]
    public async Task Get_WhatTheEngineDoesNotOffer_IsAProblem(string path, string type, int status)
    {
        await using var shop = await StartAsync(await SharedEngine.OverAsync(TestShop.Listed));
        using var response = await shop.Client.GetAsync($"/visual/{path}", TestContext.Current.CancellationToken);
        await response.RefusedAsync(status, type);
    }

    [Fact]
    public async Task Classify_WithAnotherEngine_IsAProblem()
    {
        await using var shop = await StartAsync(await SharedEngine.OverAsync(TestShop.Listed));
        using var content = TestShop.Raw(Pictures.Fresh(), "image/jpeg");
        using var response = await shop.Client.PostAsync("/visual/classifications", content, TestContext.Current.CancellationToken);
        await response.RefusedAsync(501, "no-classifier");
    }

    [Fact]
    public async Task PutAndDelete_WithoutProducts_ChangeTheEngine()
    {
        var engine = await SharedEngine.OverAsync(TestShop.Listed);
        await using var shop = await StartAsync(engine, o => o.ManagePolicy = "anyone");
        var added = TestShop.Listed[0] with { Sku = "added" };
        using var form = new MultipartFormDataContent
        {
            { new StringContent(JsonSerializer.Serialize(added)), "item" },
            { TestShop.Raw(Pictures.Fresh(7), "image/jpeg"), "picture", "p.jpg" },
        };
        using var put = await shop.Client.PutAsync("/visual/items/added", form, TestContext.Current.CancellationToken);
        Assert.Equal(TestShop.Products + 1,
            (await put.Content.ReadFromJsonAsync<UpsertResult>(TestContext.Current.CancellationToken))!.Indexed);
        Assert.Equal(added, (await engine.GetAsync(["added"], TestContext.Current.CancellationToken))["added"]);
        Assert.Equal("added", (await shop.RecommendAsync(Pictures.Fresh(7)))[0].Product.Id);

        using var deleted = await shop.Client.DeleteAsync("/visual/items/added", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(TestShop.Products, await engine.CountAsync(TestContext.Current.CancellationToken));
        using var again = await shop.Client.DeleteAsync("/visual/items/added", TestContext.Current.CancellationToken);
        await again.RefusedAsync(404, "no-such-product");
    }

    [Fact(Timeout = 60_000)]
    public async Task Reindex_WithProducts_RemovesWhatItListedAndLeavesWhatOthersPut()
    {
        var engine = await SharedEngine.OverAsync(TestShop.Listed.Take(5));
        IEnumerable<DrawnProduct> listed = TestShop.Listed.Skip(5).Take(4);
        await using var shop = await StartAsync(engine, o => o.Products = _ => listed);
        Assert.Equal((9, 4), (shop.Catalog.Status.Indexed, (await shop.GetAsync<ProductPage>("/visual/items")).Total));

        listed = TestShop.Listed.Skip(6).Take(4);
        shop.Catalog.Reindex();
        // The list is taken over before the engine has followed it.
        while (!(await HeldAsync()).Contains(TestShop.Listed[9].Sku))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        Assert.Equal(
            TestShop.Listed.Take(10).Select(product => product.Sku).Where(id => id != TestShop.Listed[5].Sku).Order(), await HeldAsync());

        async Task<List<string>> HeldAsync()
        {
            var ids = TestShop.Listed.Select(product => product.Sku);
            return [.. (await engine.GetAsync(ids, TestContext.Current.CancellationToken)).Keys.Order()];
        }
    }

    [Fact]
    public async Task Start_EngineFails_SaysSoAndTriesAgain()
    {
        var engine = await SharedEngine.OverAsync(TestShop.Listed);
        var isThere = false;
        await using var shop = await TestShop.StartAsync(
            o =>
            {
                (o.Products, o.FirstRetry) = (null, TimeSpan.FromMilliseconds(300));
                o.Engine = (_, _) => isThere ? new(engine) : throw new InvalidOperationException("password=secret");
            }, wait: false);
        var failed = await shop.UntilAsync(status => status.State == IndexingState.Failed);
        Assert.Equal("The engine cannot be opened: Engine failed (InvalidOperationException).", failed.Message);
        using var response = await shop.PostPictureAsync(Pictures.Fresh());
        await response.RefusedAsync(503, "not-ready");
        isThere = true;
        Assert.Equal(TestShop.Products, (await shop.UntilAsync(status => status.State == IndexingState.Ready)).Indexed);
    }

    [Fact]
    public async Task Get_SimilarToAProductThatIsRemovedMeanwhile_IsAProblem()
    {
        var engine = await SharedEngine.OverAsync(TestShop.Listed);
        engine.BeforeLike = () => engine.RemoveAsync([s_id]);
        await using var shop = await StartAsync(engine);
        using var response = await shop.Client.GetAsync($"/visual/recommendations/{s_id}", TestContext.Current.CancellationToken);
        await response.RefusedAsync(404, "no-such-product");
    }

    [Fact]
    public async Task Post_WhileTheEngineIsOpened_SaysWhenToTryAgain()
    {
        await using var shop = await TestShop.StartAsync(
            o =>
            {
                o.Products = null;
                o.Engine = async (_, token) =>
                {
                    await Task.Delay(Timeout.Infinite, token);
                    throw new NotSupportedException();
                };
            }, wait: false);
        using var response = await shop.PostPictureAsync(Pictures.Fresh());
        Assert.Equal("The catalog is being opened. Try again soon.", (await response.RefusedAsync(503, "not-ready")).Detail);
        Assert.Equal(TimeSpan.FromSeconds(5), response.Headers.RetryAfter?.Delta);
    }

    [Fact]
    public async Task Start_EngineOfTheContainer_IsServedAndDisposed()
    {
        var engine = await SharedEngine.OverAsync(TestShop.Listed);
        await using (var shop = await TestShop.StartAsync(
            o => (o.Products, o.Engine) = (null, (services, _) => new(services.GetRequiredService<IRecommendationEngine<DrawnProduct>>())),
            services => services.AddSingleton<IRecommendationEngine<DrawnProduct>>(engine)))
        {
            Assert.Same(engine, shop.Catalog.Engine);
            Assert.Same(engine, shop.Services.GetRequiredService<IRecommendationEngine<DrawnProduct>>());
        }
        Assert.True(engine.IsDisposed);
    }

    [Fact]
    public async Task Options_EngineAndCatalogFile_IsAnError()
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => TestShop.StartAsync(
            o => (o.CatalogFile, o.Engine) = ("shop.imagerec", (_, _) => throw new NotSupportedException())));
        Assert.Contains("both Engine and CatalogFile 'shop.imagerec'; it takes one of them", error.Message, StringComparison.Ordinal);
    }

    private static Task<TestShop> StartAsync(SharedEngine engine, Action<ImageRecOptions<DrawnProduct>>? configure = null) =>
        TestShop.StartAsync(
        o =>
        {
            (o.Products, o.Engine) = (null, (_, _) => new(engine));
            configure?.Invoke(o);
        }, s => s.AddAuthorization(a => a.AddPolicy("anyone", p => p.RequireAssertion(_ => true))));
}
