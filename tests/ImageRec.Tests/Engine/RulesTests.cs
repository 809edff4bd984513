namespace ImageRec.Tests.Engine;

/// <summary>Each rule by itself, over products whose likeness to the query falls with their number.</summary>
public sealed class RulesTests : EngineTest
{
    private static readonly List<Product> s_products =
        [.. Enumerable.Range(0, 120).Select(i => new Product($"p{i}", i % 2 == 0 ? "even" : "odd", i, [1, i * 0.01f, 0]))];

    private static readonly ImageSource s_query = VectorExtractor.Picture(5, 0, 0);

    [Fact]
    public async Task Pin_ItemFarDown_HoldsItsPlaceAndSaysSo()
    {
        var hits = await AskAsync(new Rules<Product>().Pin("p90", 2).Pin("p3", 5));
        Assert.Equal(["p0", "p90", "p1", "p2", "p3"], hits.Select(hit => hit.Id));
        Assert.Equal([[], ["pinned"], [], [], ["pinned"]], hits.Select(hit => hit.Rules));
        Assert.Equal(1 / Math.Sqrt(1 + 0.81), hits[1].Score, 1e-5);
    }

    [Fact]
    public async Task Pin_UnknownFarOrExcluded_IsPassedOver()
    {
        var rules = new Rules<Product>().Pin("nothing", 1).Pin("p50", 6).Pin("p60", 2).Exclude("sold out", p => p.Sku == "p60");
        Assert.Equal(["p0", "p1", "p2", "p3", "p4"], (await AskAsync(rules)).Select(hit => hit.Id));
    }

    [Fact]
    public async Task Pin_FewerAnswersThanThePlace_TakesTheLast()
    {
        var hits = await AskAsync(new Rules<Product>().Pin("p90", 5).Exclude("most", p => p.Price is > 1 and < 90 or > 90));
        Assert.Equal(["p0", "p1", "p90"], hits.Select(hit => hit.Id));
    }

    [Fact]
    public void Pin_TakenPlaceOrItem_IsRefused()
    {
        var rules = new Rules<Product>().Pin("a", 1);
        var error = Assert.Throws<ArgumentException>(() => rules.Pin("b", 1));
        Assert.Contains("'a' is pinned to place 1", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => rules.Pin("a", 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => rules.Pin("b", 0));
    }

    [Fact]
    public async Task Boost_UpAndDown_ReordersAndNamesTheRule()
    {
        var hits = await AskAsync(new Rules<Product>().Boost("new in", p => p.Price == 20, 0.5f).Boost("buried", p => p.Price == 0, -0.5f));
        Assert.Equal(["p20", "p1", "p2", "p3", "p4"], hits.Select(hit => hit.Id));
        Assert.Equal(["new in"], hits[0].Rules);
        Assert.True(hits[0].Score < hits[1].Score, "the score stays the likeness");
    }

    [Fact]
    public async Task Blend_Weight_RanksByTheMeanOfScoreAndValue()
    {
        var hits = await AskAsync(new Rules<Product>().Blend("sells", p => p.Price == 30 ? 7 : 0, 0.5f));
        Assert.Equal(["p30", "p0", "p1", "p2", "p3"], hits.Select(hit => hit.Id));
        Assert.Equal(["sells"], hits[0].Rules);
    }

    [Fact]
    public async Task Exclude_PredicateAndCart_ReachesFurtherDown()
    {
        List<string> cart = ["p1"];
        var rules = new Rules<Product>().Exclude("cheap", p => p.Price is > 1 and < 100).Exclude("in the cart", () => cart);
        Assert.Equal(["p0", "p100", "p101", "p102", "p103"], (await AskAsync(rules)).Select(hit => hit.Id));
        cart = ["p100"];
        Assert.Equal(["p0", "p1", "p101", "p102", "p103"], (await AskAsync(rules)).Select(hit => hit.Id));
    }

    [Fact]
    public async Task ExcludeSame_LikedItemAndSamePicture_LeavesOutTheirValue()
    {
        var rules = new Rules<Product>().ExcludeSame("same type", p => p.Type);
        await using var engine = await BuildAsync(s_products);
        var like = await engine.RecommendLikeAsync(["p1"], options: new() { Rules = rules }, cancellationToken: Token);
        Assert.All(like, hit => Assert.Equal("even", hit.Category));
        var same = await engine.RecommendAsync(s_products[3].Picture, new() { Rules = rules }, Token);
        Assert.All(same, hit => Assert.Equal("even", hit.Category));
        Assert.Contains(await engine.RecommendAsync(s_query, new() { Rules = rules }, Token), hit => hit.Category == "odd");
    }

    [Fact]
    public async Task AtMostPer_PinnedItemsCount_AndStay()
    {
        var rules = new Rules<Product>().AtMostPer("type", 2, p => p.Type).Pin("p90", 1).Pin("p92", 2).Pin("p94", 3);
        var hits = await AskAsync(rules);
        Assert.Equal(["p90", "p92", "p94", "p1", "p3"], hits.Select(hit => hit.Id));
    }

    [Fact]
    public async Task MinScore_Rules_HoldsButNotForPinned()
    {
        var hits = await AskAsync(new Rules<Product>().MinScore(0.9998f).Pin("p90", 1));
        Assert.Equal(["p90", "p0", "p1", "p2"], hits.Select(hit => hit.Id));
    }

    [Fact]
    public async Task FallBack_TooFew_FillsUpWithinTheOtherRules()
    {
        var rules = new Rules<Product>().MinScore(0.9998f).Exclude("sold out", p => p.Sku == "p70")
            .FallBack(5, () => ["nothing", "p0", "p70", "p80", "p80", "p81", "p82", "p83"]);
        var hits = await AskAsync(rules);
        Assert.Equal(["p0", "p1", "p2", "p80", "p81"], hits.Select(hit => hit.Id));
        Assert.Equal(["fallback"], hits[3].Rules);
        Assert.Equal(4, (await AskAsync(rules.FallBack(4, () => ["p80", "p81"]))).Count);
    }

    [Fact]
    public async Task FallBackToMedoids_NothingSimilarEnough_GivesTheTypicalOfTheNearestCategory()
    {
        await using var engine = await BuildAsync(s_products);
        var rules = new Rules<Product>().MinScore(1).FallBackToMedoids(3);
        var hits = await engine.RecommendAsync(VectorExtractor.Picture(0, 1, 1), new() { Rules = rules }, Token);
        var nearest = (await engine.RecommendAsync(VectorExtractor.Picture(0, 1, 1), count: 1, Token))[0];
        Assert.Equal(3, hits.Count);
        Assert.All(hits, hit => Assert.Equal(nearest.Category, hit.Category));
    }

    [Fact]
    public async Task Rules_WithDiversityWhereAndAttributes_KeepTheirPromises()
    {
        await using var engine = await BuildAsync(Product.Cloud(300));
        var options = new RecommendOptions<Product>
        {
            Count = 10,
            Diversity = 0.5f,
            Where = p => p.Price % 3 != 0,
            Rules = new Rules<Product>().Pin("sku-7", 3).Pin("sku-10", 4).Boost("up", p => p.Price % 2 == 0, 0.2f)
                .AtMostPer("price", 1, p => p.Price % 20),
        };
        var hits = await engine.RecommendAsync(VectorExtractor.Picture([.. Product.Cloud(1)[0].Vector]), options, Token);
        Assert.Equal(10, hits.Count);
        Assert.All(hits, hit => Assert.NotEqual(0, hit.Item.Price % 3));
        Assert.Equal(10, hits.Select(hit => hit.Item.Price % 20).Distinct().Count());
        Assert.Equal(("sku-7", "sku-10"), (hits[2].Id, hits[3].Id));
        Assert.All(hits, hit => Assert.NotNull(hit.Percentile));
    }

    private static async Task<IReadOnlyList<Recommendation<Product>>> AskAsync(Rules<Product> rules)
    {
        await using var engine = await BuildAsync(s_products);
        return await engine.RecommendAsync(s_query, new() { Rules = rules }, Token);
    }
}
