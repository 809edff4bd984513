namespace ImageRec.Tests.Engine;

public class AttributeTests : EngineTest
{
    private static readonly List<Product> Products = Product.Cloud(700, dimensions: 5, seed: 21);

    private static Task<RecommendationEngine<Product>> ShopAsync(IEnumerable<Product> products) =>
        new RecommenderBuilder().UseExtractor(new VectorExtractor(5)).WithoutReduction()
            .BuildAsync(Catalog(products), cancellationToken: Token);

    private static AttributeMatch<Product> Type(string wanted, float weight) =>
        AttributeMatch.Same<Product>("type", p => p.Type, wanted, weight);

    private static AttributeMatch<Product> Price(double wanted, float weight, double? spread = null) =>
        AttributeMatch.Near<Product>("price", p => (double)p.Price, wanted, weight, spread);

    [Fact]
    public async Task RecommendAsync_Attributes_ScoreAndContributionsByHand()
    {
        await using var engine = await new RecommenderBuilder().UseExtractor(new VectorExtractor()).WithoutReduction().BuildAsync(
            Catalog([new("a", "hat", 10, [1, 0, 0]), new("b", "shoe", 20, [0.6f, 0.8f, 0]), new("c", null, 40, [0, 1, 0])]),
            cancellationToken: Token);
        var hits = await engine.RecommendAsync(
            VectorExtractor.Picture(2, 0, 0), new() { Attributes = [Type("shoe", 0.5f), Price(20, 0.25f, spread: 10)] }, Token);
        var expected = new Dictionary<string, (double Picture, double Type, double Price)>
        {
            ["a"] = (1, 0, Math.Exp(-1)), ["b"] = (0.6, 1, 1), ["c"] = (0, 0, Math.Exp(-2)),
        };
        Assert.Equal(["b", "a", "c"], hits.Select(h => h.Id));
        Assert.All(hits, hit =>
        {
            var (picture, type, price) = expected[hit.Id];
            Assert.Equal((picture + (0.5 * type) + (0.25 * price)) / 1.75, hit.Score, 1e-6);
            Assert.Equal(["picture", "type", "price"], hit.Contributions.Select(c => c.Name));
            Assert.Equal([picture, type, price], hit.Contributions.Select(c => Math.Round(c.Similarity, 6)),
                (e, a) => Math.Abs(e - a) < 1e-5);
            Assert.Equal(hit.Score, hit.Contributions.Sum(c => c.Value), 1e-6f);
            Assert.Equal(1, hit.Contributions.Sum(c => c.Share), 1e-6f);
        });
        Assert.Empty((await engine.RecommendAsync(VectorExtractor.Picture(2, 0, 0), cancellationToken: Token))[0].Contributions);
    }

    [Theory]
    [InlineData(0.01f, 0.01f)]
    [InlineData(0.3f, 0.2f)]
    [InlineData(3f, 5f)]
    [InlineData(0.001f, 50f)]
    public async Task RecommendAsync_Attributes_EqualsRankingEveryItem(float typeWeight, float priceWeight)
    {
        await using var engine = await ShopAsync(Products);
        var random = new Random(4);
        for (var q = 0; q < 8; q++)
        {
            var query = VectorExtractor.Picture([.. Enumerable.Range(0, 5).Select(_ => random.NextSingle() - 0.5f)]);
            var options = new RecommendOptions<Product>
            {
                Count = 7, Attributes = [Type($"type-{q % 5}", typeWeight), Price(q * 90, priceWeight, spread: 60)],
            };
            var cosines = await engine.RecommendAsync(query, count: 700, Token);
            var expected = cosines.Select(hit => (hit.Id, Score: (hit.Score + (typeWeight * (hit.Item.Type == $"type-{q % 5}" ? 1 : 0))
                + (priceWeight * (float)Math.Exp(-Math.Abs((double)hit.Item.Price - (q * 90)) / 60))) / (1 + typeWeight + priceWeight)))
                .OrderByDescending(e => e.Score).Take(7).ToList();
            var hits = await engine.RecommendAsync(query, options, Token);
            Assert.Equal(7, hits.Count);
            for (var i = 0; i < 7; i++)
                Assert.Equal(expected[i].Score, hits[i].Score, 1e-5f);
            Assert.Equal(hits, await engine.RecommendAsync(query, options, Token), (a, b) => a.Id == b.Id && a.Score == b.Score);
        }
    }

    [Fact]
    public async Task RecommendAsync_AttributesAndFilter_NeverShortenBelowTheMatches()
    {
        await using var engine = await ShopAsync(Products);
        var options = new RecommendOptions<Product> { Count = 50, Where = p => p.Price >= 670, Attributes = [Type("type-1", 1)] };
        Assert.Equal(30, (await engine.RecommendAsync(Products[0].Picture, options, Token)).Count);
        options.Where = null;
        Assert.Equal(50, (await engine.RecommendAsync(Products[0].Picture, options, Token)).Count);
        (options.Count, options.AtMostPer) = (10, new(5, p => p.Type));
        Assert.Equal(10, (await engine.RecommendAsync(Products[0].Picture, options, Token)).Count);
    }

    [Fact]
    public async Task RecommendAsync_AttributesAndMinScore_AppliesToTheWholeScore()
    {
        await using var engine = await ShopAsync(Products);
        var options = new RecommendOptions<Product> { Count = 700, MinScore = 0.8f, Attributes = [Type("type-1", 1)] };
        var hits = await engine.RecommendAsync(Products[1].Picture, options, Token);
        Assert.NotEmpty(hits);
        Assert.All(hits, hit => Assert.InRange(hit.Score, 0.8f, 1));
        options.MinScore = null;
        Assert.Equal((await engine.RecommendAsync(Products[1].Picture, options, Token)).Count(h => h.Score >= 0.8f), hits.Count);
    }

    [Fact]
    public async Task Near_NoSpreadGiven_TakesTheCatalogsDeviation()
    {
        // Prices 0 to 8 with a deviation of sqrt(20 / 3).
        await using var engine = await ShopAsync(Products.Take(9));
        var hits = await engine.RecommendAsync(Products[0].Picture, new() { Count = 9, Attributes = [Price(4, 1)] }, Token);
        Assert.Equal(Math.Exp(-3 / Math.Sqrt(20.0 / 3)), hits.Single(h => h.Item.Price == 7).Contributions[1].Similarity, 1e-5);
    }

    [Fact]
    public void AttributeMatch_OutOfRange_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Type("hat", 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Type("hat", float.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Price(double.NaN, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Price(1, 1, spread: 0));
        Assert.Throws<ArgumentException>(() => AttributeMatch.Same<Product>(" ", p => p.Type, "hat", 1));
    }
}
