namespace ImageRec.Tests.Engine;

public class AtMostPerTests : EngineTest
{
    [Theory]
    [InlineData(0, 1, 5)]
    [InlineData(0, 2, 40)]
    [InlineData(0.4f, 1, 5)]
    [InlineData(0.4f, 7, 40)]
    public async Task RecommendAsync_FewerValuesThanAnswers_TakesTheBestOfEach(float diversity, int each, int count)
    {
        var products = Product.Cloud(3000, dimensions: 8);
        await using var engine = await new RecommenderBuilder().UseExtractor(new VectorExtractor(8)).WithoutReduction().WithoutClusters()
            .BuildAsync(Catalog(products), cancellationToken: Token);
        var query = VectorExtractor.Picture(1, 2, 3, 4, 5, 6, 7, 8);
        var hits = await engine.RecommendAsync(
            query, new() { Count = count, Diversity = diversity, AtMostPer = new(each, p => p.Type) }, Token);
        Assert.Equal(Math.Min(count, 4 * each), hits.Count);
        Assert.All(hits.CountBy(h => h.Item.Type ?? ""), pair => Assert.InRange(pair.Value, 1, each));
        if (diversity > 0)
            return;
        var all = await engine.RecommendAsync(query, count: 3000, Token);
        var expected = all.Where(hit => all.Where(h => h.Item.Type == hit.Item.Type).Take(each).Contains(hit)).Take(count);
        Assert.Equal(expected.Select(h => h.Id), hits.Select(h => h.Id));
    }

    [Fact]
    public async Task RecommendAsync_ValuesRunOut_AsksForEachItemsValueOnce()
    {
        // Types that have nothing to do with the rows.
        var products = Product.Cloud(5000).Select((p, i) => p with { Type = $"type-{i / 4 % 4}" }).ToList();
        var asked = 0;
        Func<Product, object?> property = p =>
        {
            Interlocked.Increment(ref asked);
            return p.Type;
        };
        await using var engine = await BuildAsync(products);
        var options = new RecommendOptions<Product> { Count = 10, AtMostPer = new(1, property) };
        Assert.Equal(4, (await engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), options, Token)).Count);
        Assert.InRange(asked, 5000, 7000);
        asked = 0;
        Assert.Equal(4, (await engine.RecommendAsync(VectorExtractor.Picture(3, 2, 3), options, Token)).Count);
        Assert.InRange(asked, 0, 2000);
        // A change asks again for the items around it only.
        asked = 0;
        await engine.UpsertAsync(Catalog([new Product("new", "another", 1, [1, 2, 3])]), cancellationToken: Token);
        Assert.Equal(5, (await engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), options, Token)).Count);
        Assert.InRange(asked, 1, 4000);
    }

    [Fact]
    public async Task RecommendAsync_LimitAndFilter_GivesAllThatMatch()
    {
        await using var engine = await BuildAsync(Product.Cloud(2000));
        var options = new RecommendOptions<Product> { Count = 50, AtMostPer = new(3, p => p.Type), Where = p => p.Price >= 1990 };
        Assert.Equal(10, (await engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), options, Token)).Count);
        options.AtMostPer = new(2, p => p.Type);
        Assert.Equal(8, (await engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), options, Token)).Count);
    }

    [Fact]
    public async Task RecommendAsync_LimitAndCanceled_Stops()
    {
        await using var engine = await BuildAsync(Product.Cloud(3000));
        using var stop = new CancellationTokenSource();
        var options = new RecommendOptions<Product>
        {
            Count = 10,
            AtMostPer = new(1, p =>
            {
                stop.Cancel();
                return p.Type;
            }),
        };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), options, stop.Token));
    }
}
