using System.Net;

namespace ImageRec.AspNetCore.Tests;

public sealed class RecommendByPictureTests
{
    [Fact]
    public async Task Post_RawPicture_ReturnsFiveBestFirst()
    {
        await using var shop = await TestShop.StartAsync();
        var hits = await shop.RecommendAsync(Pictures.Fresh());
        Assert.Equal(5, hits.Count);
        Assert.Equal(hits.Select(h => h.Score).OrderDescending(), hits.Select(h => h.Score));
        Assert.All(hits, h => Assert.False(h.IsSamePicture));
    }

    [Fact]
    public async Task Post_PictureOfAProduct_IsTheSamePicture()
    {
        await using var shop = await TestShop.StartAsync();
        var hits = await shop.RecommendAsync(Pictures.Draw(TestShop.Listed[7]));
        Assert.Equal(TestShop.Listed[7].Sku, hits[0].Product.Id);
        Assert.True(hits[0].IsSamePicture);
        Assert.Equal(1f, hits[0].Score);
    }

    [Fact]
    public async Task Post_Form_AnswersLikeTheRawBody()
    {
        await using var shop = await TestShop.StartAsync();
        using var form = new MultipartFormDataContent
        {
            { new StringContent("a note"), "note" },
            { TestShop.Raw(Pictures.Fresh(), "image/jpeg"), "anything", "photo.jpg" },
        };
        using var response = await shop.Client.PostAsync("/visual/recommendations", form, TestContext.Current.CancellationToken);
        Assert.Equal((await shop.RecommendAsync(Pictures.Fresh())).Select(h => h.Product.Id),
            (await response.ReadAsync()).Select(h => h.Product.Id));
    }

    [Fact]
    public async Task Post_Region_SearchesWithThatPart()
    {
        await using var shop = await TestShop.StartAsync();
        var (left, right) = (TestShop.Listed[3], TestShop.Listed[9]);
        var both = Pictures.SideBySide(Pictures.Draw(left), Pictures.Draw(right));
        Assert.Equal(left.Sku, (await shop.RecommendAsync(both, "?count=1&region=0,0,0.5,1"))[0].Product.Id);
        Assert.Equal(right.Sku, (await shop.RecommendAsync(both, "?count=1&region=0.5,0,0.5,1"))[0].Product.Id);
        Assert.False((await shop.RecommendAsync(Pictures.Draw(left), "?count=1&region=0,0,0.9,1"))[0].IsSamePicture);
    }

    [Theory]
    [InlineData("recommendations", "0,0,1")]
    [InlineData("recommendations", "0.5,0,0.8,1")]
    [InlineData("classifications", "left")]
    public async Task Post_NoRegion_IsRefusedWithWhatWasGivenAndExpected(string address, string region)
    {
        await using var shop = await TestShop.StartAsync(o =>
        {
            var plain = o.Builder;
            (o.Products, o.Builder) = (_ => TestShop.Many, () => plain().LearnCategories());
        });
        using var content = TestShop.Raw(Pictures.Fresh(), "image/jpeg");
        using var response = await shop.Client.PostAsync(
            $"/visual/{address}?region={region}", content, TestContext.Current.CancellationToken);
        var detail = (await response.RefusedAsync(400, "bad-parameter")).Detail!;
        Assert.Contains($"region={region}", detail, StringComparison.Ordinal);
        Assert.Contains("x,y,width,height in fractions", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RulesByName_AppliesThemAndSaysWhichTouchedAnAnswer()
    {
        var pinned = TestShop.Listed[20].Sku;
        await using var shop = await TestShop.StartAsync(o => o
            .Rules("default", new Rules<DrawnProducts.DrawnProduct>().Exclude("sold out", product => !product.InStock))
            .Rules("home-page", new Rules<DrawnProducts.DrawnProduct>().Pin(pinned, 2)));
        var standard = await shop.RecommendAsync(Pictures.Fresh(), "?count=48");
        Assert.Equal(TestShop.Listed.Count(product => product.InStock), standard.Count);
        var named = await shop.RecommendAsync(Pictures.Fresh(), "?rules=Home-Page");
        Assert.Equal(pinned, named[1].Product.Id);
        Assert.Equal(["pinned"], named[1].Rules);
        Assert.Empty(named[0].Rules);
        using var refused = await shop.PostPictureAsync(Pictures.Fresh(), "?rules=mine");
        var detail = (await refused.RefusedAsync(400, "bad-parameter")).Detail;
        Assert.Contains("there are default, home-page", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_Count_ReturnsThatMany()
    {
        await using var shop = await TestShop.StartAsync();
        Assert.Equal(12, (await shop.RecommendAsync(Pictures.Fresh(), "?count=12")).Count);
    }

    [Fact]
    public async Task Post_CategoriesAndAttributes_ReturnsOnlyThose()
    {
        await using var shop = await TestShop.StartAsync();
        var hits = await shop.RecommendAsync(Pictures.Fresh(), "?count=48&category=dress&category=Mug&inStock=true&price=10..100");
        var expected = TestShop.Listed.Where(p => p.Category is "Dress" or "Mug" && p.InStock && p.Price is >= 10 and <= 100)
            .Select(p => p.Sku);
        Assert.Equal(expected.Order(), hits.Select(h => h.Product.Id).Order());
        Assert.NotEmpty(hits);
    }

    [Fact]
    public async Task Post_MinScore_LeavesOutWhatIsLessSimilar()
    {
        await using var shop = await TestShop.StartAsync();
        var all = await shop.RecommendAsync(Pictures.Fresh(), "?count=48");
        var middle = all[20].Score;
        var hits = await shop.RecommendAsync(Pictures.Fresh(), FormattableString.Invariant($"?count=48&minScore={middle}"));
        Assert.Equal(all.Count(h => h.Score >= middle), hits.Count);
    }

    [Fact]
    public async Task Post_Diversity_ChangesTheAnswersButNotTheFirst()
    {
        await using var shop = await TestShop.StartAsync();
        var similar = await shop.RecommendAsync(Pictures.Fresh());
        var varied = await shop.RecommendAsync(Pictures.Fresh(), "?diversity=0.8");
        Assert.Equal(similar[0].Product.Id, varied[0].Product.Id);
        Assert.NotEqual(similar.Select(h => h.Product.Id), varied.Select(h => h.Product.Id));
    }

    [Fact]
    public async Task Post_AtMostPer_LimitsAnswersOfOneValue()
    {
        await using var shop = await TestShop.StartAsync();
        var hits = await shop.RecommendAsync(Pictures.Fresh(), "?count=10&atMostPer=category:1");
        Assert.Equal(10, hits.Select(h => h.Product.Category).Distinct().Count());
    }

    [Theory]
    [InlineData("?count=0", "count")]
    [InlineData("?count=101", "count")]
    [InlineData("?count=many", "count")]
    [InlineData("?minScore=2", "minScore")]
    [InlineData("?minScore=NaN", "minScore")]
    [InlineData("?diversity=-0.1", "diversity")]
    [InlineData("?atMostPer=smell:2", "atMostPer")]
    [InlineData("?atMostPer=color:0", "atMostPer")]
    [InlineData("?price=cheap..dear", "price")]
    public async Task Post_ParameterOutOfRange_IsRefusedByName(string query, string name)
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.PostPictureAsync(Pictures.Fresh(), query);
        var problem = await response.RefusedAsync(400, "bad-parameter");
        Assert.Contains(name, problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_WhileTheFirstIndexIsMade_SaysWhen()
    {
        var extractor = new TinyExtractor();
        var hold = new TaskCompletionSource();
        extractor.Before = hold.Task.WaitAsync;
        await using var shop = await TestShop.StartAsync(extractor: extractor, wait: false);
        using var response = await shop.PostPictureAsync(Pictures.Fresh());
        await response.RefusedAsync(503, "not-ready");
        Assert.NotNull(response.Headers.RetryAfter);
        hold.SetResult();
        await shop.ReadyAsync();
        Assert.Equal(5, (await shop.RecommendAsync(Pictures.Fresh())).Count);
    }

    [Fact]
    public async Task Post_ClientLeaves_StopsTheWork()
    {
        var extractor = new TinyExtractor();
        await using var shop = await TestShop.StartAsync(extractor: extractor, kestrel: true);
        var (began, stopped) = (new TaskCompletionSource(), new TaskCompletionSource());
        extractor.Before = async token =>
        {
            began.TrySetResult();
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                stopped.TrySetResult();
            }
        };
        using var leaving = new CancellationTokenSource();
        using var content = TestShop.Raw(Pictures.Fresh(), "image/jpeg");
        var asking = shop.Client.PostAsync("/visual/recommendations", content, leaving.Token);
        await began.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asking);
        await stopped.Task.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
        extractor.Before = null;
        Assert.Equal(HttpStatusCode.OK, (await shop.PostPictureAsync(Pictures.Fresh())).StatusCode);
    }
}
