using DrawnProducts;
using ImageRec.Redis.Tests.Support;

namespace ImageRec.Redis.Tests;

/// <summary>A shared catalog answers as the same one in this process does.</summary>
public sealed class ParityTests(DrawnShop shop) : IClassFixture<DrawnShop>
{
    private const float Rounding = 2e-6f;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Recommend_Strangers_SameItemsAndScores()
    {
        foreach (var picture in DrawnShop.Strangers)
            await SameAsync(engine => engine.RecommendAsync(picture, Options(10), Token));
    }

    [Fact]
    public async Task Recommend_OwnPictures_ScoreExactlyOneAndComeFirst()
    {
        foreach (var product in DrawnShop.Products.Take(20))
        {
            var answers = await SameAsync(
                engine => engine.RecommendAsync(DrawnShop.PictureOf(product), Options(10), Token));
            Assert.Equal((product.Sku, 1f, true), (answers[0].Id, answers[0].Score, answers[0].IsSamePicture));
            Assert.Equal(product, answers[0].Item);
        }
    }

    [Fact]
    public async Task Recommend_LikedAndDisliked_SameItemsAndScores() => await SameAsync(engine => engine.RecommendLikeAsync(
        [DrawnShop.Products[3].Sku, DrawnShop.Products[15].Sku], [DrawnShop.Products[8].Sku], Options(10), Token));

    [Fact]
    public async Task Recommend_ByVector_SameItemsAndScores()
    {
        var vector = await shop.Shared.ComputeVectorAsync(DrawnShop.Strangers[2], Token);
        Assert.Equal((await shop.Alone.ComputeVectorAsync(DrawnShop.Strangers[2], Token)).ToArray(), vector.ToArray());
        await SameAsync(engine => engine.RecommendByVectorAsync(vector, Options(10), Token));
    }

    [Theory]
    [InlineData(0.5f, 0)]
    [InlineData(0, 1)]
    [InlineData(0.3f, 2)]
    public async Task Recommend_VariedOrLimited_SameItems(float diversity, int perColor) => await SameAsync(engine =>
        engine.RecommendAsync(DrawnShop.Strangers[4], new RecommendOptions<DrawnProduct>
        {
            Count = 8,
            Diversity = diversity,
            AtMostPer = perColor == 0 ? null : new(perColor, product => product.Color),
        }, Token));

    [Fact]
    public async Task Recommend_LimitThatUsesEveryValueUp_AnswersOfEachValue()
    {
        var answers = await SameAsync(engine => engine.RecommendAsync(
            DrawnShop.Strangers[4], new RecommendOptions<DrawnProduct> { Count = 20, AtMostPer = new(1, product => product.Kind) }, Token));
        Assert.Equal(12, answers.Count);
    }

    [Fact]
    public async Task Recommend_ByAttributesBesideTheImage_SameItemsAndContributions()
    {
        RecommendOptions<DrawnProduct> options = new()
        {
            Count = 10,
            Attributes = [AttributeMatch.Same<DrawnProduct>("color", product => product.Color, "Teal", 0.5f),
                AttributeMatch.Near<DrawnProduct>("price", product => (double)product.Price, 40, 0.3f, spread: 20)],
        };
        var answers = await SameAsync(engine => engine.RecommendAsync(DrawnShop.Strangers[6], options, Token));
        Assert.All(answers, answer => Assert.Equal(answer.Score, answer.Contributions.Sum(part => part.Value), Rounding));
    }

    [Fact]
    public async Task Recommend_LeastScore_LeavesOutTheSameItems()
    {
        var all = await shop.Alone.RecommendAsync(DrawnShop.Strangers[1], Options(10), Token);
        var answers = await SameAsync(engine => engine.RecommendAsync(
            DrawnShop.Strangers[1], new RecommendOptions<DrawnProduct> { Count = 10, MinScore = all[4].Score - 1e-4f }, Token));
        Assert.Equal(5, answers.Count);
    }

    [Fact]
    public async Task Recommend_Filters_NeverShortAndTheSameItems()
    {
        var dear = DrawnShop.Products.Max(product => product.Price);
        var colors = new[] { "Teal", DrawnShop.Products[0].Color };
        foreach (var where in new[]
        {
            SharedFilter.Of<DrawnProduct>(product => product.Price < 50),
            SharedFilter.Of<DrawnProduct>(product => product.Price >= dear),
            SharedFilter.Of<DrawnProduct>(product => product.Color == colors[1] && product.InStock),
            SharedFilter.Of<DrawnProduct>(product => product.Kind == ProductKind.Mug || (product.Price > 100 && !product.InStock)),
            SharedFilter.Of<DrawnProduct>(product => product.Name.Length > 20 && product.Price <= 60),
            SharedFilter.Of<DrawnProduct>(product => product.Color == "no such color"),
            product => product.Brand == "Tamarin",
            product => product.Sku == DrawnShop.Products[77].Sku,
            product => false,
        })
        {
            var answers = await SameAsync(engine => engine.RecommendAsync(
                DrawnShop.Strangers[0], new RecommendOptions<DrawnProduct> { Count = 10, Where = where }, Token));
            Assert.Equal(Math.Min(10, DrawnShop.Products.Count(where)), answers.Count);
            Assert.All(answers, answer => Assert.True(where(answer.Item)));
        }
    }

    [Fact]
    public async Task Recommend_MoreThanThereAre_AllItems() =>
        Assert.Equal(DrawnShop.Products.Count, (await SameAsync(
            engine => engine.RecommendAsync(DrawnShop.Strangers[3], Options(1000), Token))).Count);

    [Fact]
    public async Task RecommendMany_OneUnreadable_DoesNotAffectTheOthers()
    {
        var answers = await shop.Shared.RecommendManyAsync(
            [DrawnShop.Strangers[0], ImageSource.FromBytes("no picture"u8.ToArray()), DrawnShop.Strangers[1]], cancellationToken: Token);
        Assert.Equal([5, 0, 5], answers.Select(answer => answer.Answers.Count));
        Assert.NotNull(answers[1].Unreadable);
    }

    [Fact]
    public async Task GetAndCount_OfABuiltCatalog_SameItemsAndRows()
    {
        var ids = DrawnShop.Products.Select(product => product.Sku).Append("none").ToList();
        var items = await shop.Shared.GetAsync(ids, Token);
        Assert.Equal(DrawnShop.Products.ToDictionary(product => product.Sku), items);
        Assert.Equal(DrawnShop.Products.Count, await shop.Shared.CountAsync(Token));
        Assert.Null(await shop.Shared.GetVectorAsync("none", Token));
        Assert.Equal((await shop.Alone.GetVectorAsync(ids[9], Token))!.Value.ToArray(),
            (await shop.Shared.GetVectorAsync(ids[9], Token))!.Value.ToArray());
    }

    [Fact]
    public async Task Describe_WithARecallTarget_SaysShardsAndWhatWasMeasured()
    {
        Assert.Matches(@"^compact.* -> vector sets of Garnet 2\.\d+\.\d+\(4 shards, effort \d+, recall@10 (0\.99\d|1\.000) of 100 rows\)$",
            shop.Shared.Describe());
        await using var other = await new RecommenderBuilder().OpenAsync<DrawnProduct>(shop.Catalog, Token);
        Assert.Equal(shop.Shared.Describe(), other.Describe());
        Assert.Equal((144, 144, 0, 0), (shop.Shared.Report!.Items, shop.Shared.Report.Computed, shop.Shared.Report.Reused,
            shop.Shared.Report.Removed));
    }

    [Fact]
    public async Task RecommendLike_UnknownId_IsAnErrorThatNamesIt()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => shop.Shared.RecommendLikeAsync(["none"], cancellationToken: Token));
        Assert.Contains("no item 'none' in the shared catalog 'drawn'", error.Message, StringComparison.Ordinal);
    }

    private static RecommendOptions<DrawnProduct> Options(int count) => new() { Count = count };

    private async Task<IReadOnlyList<Recommendation<DrawnProduct>>> SameAsync(
        Func<IRecommendationEngine<DrawnProduct>, Task<IReadOnlyList<Recommendation<DrawnProduct>>>> ask)
    {
        var (wanted, found) = (await ask(shop.Alone), await ask(shop.Shared));
        Assert.Equal(wanted.Select(answer => answer.Id), found.Select(answer => answer.Id));
        for (var i = 0; i < wanted.Count; i++)
        {
            Assert.Equal(wanted[i].Score, found[i].Score, Rounding);
            Assert.Equal((wanted[i].Item, wanted[i].Category, wanted[i].IsSamePicture, wanted[i].Contributions.Count),
                (found[i].Item, found[i].Category, found[i].IsSamePicture, found[i].Contributions.Count));
            Assert.Equal(wanted[i].Percentile!.Value, found[i].Percentile!.Value, 0.1f);
        }
        return found;
    }
}
