using ImageRec.Ranking;

namespace ImageRec.Tests.Engine;

public class RankingTests : EngineTest
{
    [Fact]
    public async Task OpenAsync_CodesOnly_AnswersAsWithFloatsInMemory()
    {
        var products = Product.Cloud(500, dimensions: 16);
        var query = VectorExtractor.Picture([.. Enumerable.Range(0, 16).Select(i => MathF.Sin(i))]);
        var builder = () => new RecommenderBuilder().UseExtractor(new VectorExtractor(16)).WithoutReduction();
        IReadOnlyList<string> expected;
        await using (var engine = await builder().BuildAsync(Catalog(products), FilePath, cancellationToken: Token))
            expected = [.. (await engine.RecommendAsync(query, count: 20, Token)).Select(h => $"{h.Id} {h.Score:R}")];

        await using var codes = await builder().RankByCosine(o => o.Memory = MemoryMode.CodesOnly).OpenAsync<Product>(FilePath, Token);

        Assert.Equal(expected, (await codes.RecommendAsync(query, count: 20, Token)).Select(h => $"{h.Id} {h.Score:R}"));
        await codes.UpsertAsync(Catalog(
            [new Product("late", null, 0, [.. Enumerable.Range(0, 16).Select(i => 2 * MathF.Sin(i) + 0.001f)])]), cancellationToken: Token);
        Assert.Equal("late", (await codes.RecommendAsync(query, count: 1, Token))[0].Id);
    }

    [Fact]
    public async Task BuildAsync_CodesOnlyWithoutFile_SaysWhatToDo()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            Builder().RankByCosine(o => o.Memory = MemoryMode.CodesOnly).BuildAsync(Catalog(Product.Cloud(9)), cancellationToken: Token));
        Assert.Contains("Give BuildAsync a file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_AfterManyChanges_AnswersAsAFreshBuild()
    {
        var products = Product.Cloud(6000, dimensions: 8);
        var late = Product.Cloud(3000, dimensions: 8, seed: 3).ConvertAll(p => p with { Sku = "late-" + p.Sku });
        var builder = () => new RecommenderBuilder().UseExtractor(new VectorExtractor(8) { PreferredBatch = 500 }).WithoutReduction();
        await (await builder().BuildAsync(Catalog(products), FilePath, cancellationToken: Token)).DisposeAsync();
        await using (var engine = await builder().OpenAsync<Product>(FilePath, Token))
        {
            await engine.UpsertAsync(Catalog(late), cancellationToken: Token);
            await engine.RemoveAsync(products.Take(1000).Select(p => p.Sku), Token);
        }

        await using var reopened = await builder().OpenAsync<Product>(FilePath, Token);
        await using var fresh = await builder().BuildAsync(Catalog(products.Skip(1000).Concat(late)), cancellationToken: Token);

        foreach (var query in Product.Cloud(20, dimensions: 8, seed: 5))
            Assert.Equal(
                (await fresh.RecommendAsync(query.Picture, count: 30, Token)).Select(h => $"{h.Id} {h.Score:R}"),
                (await reopened.RecommendAsync(query.Picture, count: 30, Token)).Select(h => $"{h.Id} {h.Score:R}"));
    }

    [Fact]
    public async Task DisposeAsync_Twice_IsHarmless()
    {
        var engine = await BuildAsync(Product.Cloud(9));
        await engine.DisposeAsync();
        await engine.DisposeAsync();
    }
}
