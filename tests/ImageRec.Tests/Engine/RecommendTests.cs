namespace ImageRec.Tests.Engine;

public class RecommendTests : EngineTest
{
    private static readonly Product A = new("a", "x", 1, [1, 0, 0]);
    private static readonly Product B = new("b", "y", 2, [0.9f, 0.1f, 0]);
    private static readonly Product C = new("c", "x", 3, [0, 1, 0]);
    private static readonly Product Zero = new("zero", null, 4, [0, 0, 0]);

    [Fact]
    public async Task RecommendAsync_NewPicture_RanksByCosineAndHandsBackOwnItems()
    {
        await using var engine = await BuildAsync([A, B, C]);
        var hits = await engine.RecommendAsync(VectorExtractor.Picture(2, 0.1f, 0), count: 2, Token);
        Assert.Equal(["a", "b"], hits.Select(h => h.Id));
        Assert.Same(A, hits[0].Item);
        Assert.Equal("x", hits[0].Category);
        Assert.Equal(2 / Math.Sqrt(4.01), hits[0].Score, 1e-6);
        Assert.False(hits[0].IsSamePicture);
    }

    [Fact]
    public async Task RecommendAsync_SameBytesAsItems_ScoresExactlyOneAndComesFirst()
    {
        var twin = A with { Sku = "twin" };
        await using var engine = await BuildAsync([new Product("scaled", "x", 1, [2, 0, 0]), A, C, twin]);
        var hits = await engine.RecommendAsync(A.Picture, count: 4, Token);
        Assert.Equal(["a", "twin", "scaled", "c"], hits.Select(h => h.Id));
        Assert.All(hits.Take(2), h => Assert.True(h.IsSamePicture && h.Score == 1f));
        Assert.False(hits[2].IsSamePicture);
    }

    [Fact]
    public async Task RecommendAsync_EqualScores_AnswersInCatalogOrder()
    {
        var products = Enumerable.Range(0, 20).Select(i => new Product($"p{19 - i}", null, i, [1 + i, 0, 0])).ToList();
        await using var engine = await BuildAsync(products);
        var hits = await engine.RecommendAsync(VectorExtractor.Picture(0.5f, 0, 0), count: 20, Token);
        Assert.Equal(products.Select(p => p.Sku), hits.Select(h => h.Id));
    }

    [Fact]
    public async Task RecommendAsync_ZeroRowOrZeroQuery_ScoresZero()
    {
        await using var engine = await BuildAsync([A, Zero, C]);
        Assert.Equal(0, (await engine.RecommendAsync(A.Picture, count: 3, Token)).Single(h => h.Id == "zero").Score);
        Assert.All(await engine.RecommendAsync(VectorExtractor.Picture(0, 0, 0.0f), count: 3, Token),
            h => Assert.Equal(0, h.IsSamePicture ? 0 : h.Score));
    }

    [Fact]
    public async Task RecommendAsync_Filter_NeverShortensBelowTheMatches()
    {
        var products = Product.Cloud(200);
        await using var engine = await BuildAsync(products);
        var hits = await engine.RecommendAsync(products[0].Picture, new() { Count = 5, Where = p => p.Price >= 197 }, Token);
        Assert.Equal(3, hits.Count);
        Assert.All(hits, h => Assert.True(h.Item.Price >= 197));
        Assert.Empty(await engine.RecommendAsync(products[0].Picture, new() { Where = _ => false }, Token));
    }

    [Fact]
    public async Task RecommendAsync_MinScore_KeepsOnlyWhatReachesIt()
    {
        await using var engine = await BuildAsync([A, B, C]);
        var hits = await engine.RecommendAsync(VectorExtractor.Picture(3, 0, 0), new() { MinScore = 0.5f }, Token);
        Assert.Equal(["a", "b"], hits.Select(h => h.Id));
    }

    [Fact]
    public async Task RecommendAsync_CountBeyondCatalog_GivesAll()
    {
        await using var engine = await BuildAsync([A]);
        Assert.Single(await engine.RecommendAsync(C.Picture, count: 50, Token));
    }

    [Theory]
    [InlineData(0, 0f, 0f)]
    [InlineData(5, 2f, 0f)]
    [InlineData(5, float.NaN, 0f)]
    [InlineData(5, 0f, -1f)]
    public async Task RecommendAsync_OptionOutOfRange_Throws(int count, float minScore, float diversity)
    {
        await using var engine = await BuildAsync([A]);
        var options = new RecommendOptions<Product> { Count = count, MinScore = minScore, Diversity = diversity };
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => engine.RecommendAsync(C.Picture, options, Token));
    }

    [Fact]
    public async Task RecommendAsync_UnreadableQuery_SaysWhy()
    {
        await using var engine = await BuildAsync([A]);
        var error = await Assert.ThrowsAsync<UnreadableImageException>(
            () => engine.RecommendAsync(ImageSource.FromBytes("no numbers"u8.ToArray()), count: 5, Token));
        Assert.Contains("no numbers", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnreadableImageException>(() => engine.RecommendAsync("no-such-file.jpg", count: 5, Token));
    }

    [Fact]
    public async Task RecommendManyAsync_OneBadPicture_DoesNotLoseTheOthers()
    {
        var products = Product.Cloud(20);
        await using var engine = await BuildAsync(products);
        ImageSource[] queries = [products[3].Picture, ImageSource.FromFile("no-such.jpg"), VectorExtractor.Picture(1, 1, 1)];
        var answers = await engine.RecommendManyAsync(queries, cancellationToken: Token);
        Assert.Equal([5, 0, 5], answers.Select(answer => answer.Answers.Count));
        Assert.Equal(products[3].Sku, answers[0].Answers[0].Id);
        Assert.Contains("no-such.jpg", answers[1].Unreadable, StringComparison.Ordinal);
        Assert.Null(answers[2].Unreadable);
    }

    [Fact]
    public async Task RecommendByVectorAsync_VectorOfAPictureOrAnItem_AnswersLikeThePicture()
    {
        var products = Product.Cloud(60);
        await using var engine = await BuildAsync(products);
        var query = VectorExtractor.Picture(1, 1, 1);
        var expected = (await engine.RecommendAsync(query, cancellationToken: Token)).Select(hit => hit.Id);
        var vector = await engine.ComputeVectorAsync(query, Token);
        Assert.Equal(expected,
            (await engine.RecommendByVectorAsync(vector.ToArray().Select(x => x * 7).ToArray(), cancellationToken: Token))
            .Select(hit => hit.Id));
        var own = await engine.GetVectorAsync(products[5].Sku, Token);
        Assert.Equal(products[5].Sku, (await engine.RecommendByVectorAsync(own!.Value, cancellationToken: Token))[0].Id);
        Assert.Null(await engine.GetVectorAsync("none", Token));
        await Assert.ThrowsAsync<ArgumentException>(
            () => engine.RecommendByVectorAsync(new float[engine.Dimensions], cancellationToken: Token));
        Assert.Contains("dimensions",
            (await Assert.ThrowsAsync<ArgumentException>(
            () => engine.RecommendByVectorAsync(new float[1], cancellationToken: Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecommendAsync_ThroughTheInterface_AnswersGetsAndCounts()
    {
        var products = Product.Cloud(20);
        await using var built = await BuildAsync(products);
        var engine = Assert.IsAssignableFrom<IRecommendationEngine<Product>>(built);
        Assert.Equal(20, await engine.CountAsync(Token));
        Assert.Equal(["sku-1"], (await engine.GetAsync(["sku-1", "none"], Token)).Keys);
        Assert.Equal(3, (await engine.RecommendLikeAsync("sku-1", 3, Token)).Count);
        Assert.DoesNotContain(await engine.RecommendLikeAsync("sku-1", 20, Token), hit => hit.Id == "sku-1");
        Assert.True(await engine.RemoveAsync("sku-1", Token));
        Assert.False(await engine.RemoveAsync("sku-1", Token));
    }

    [Fact]
    public async Task ToCatalog_AsynchronousSource_BuildsAndUpsertsWithProgress()
    {
        static async IAsyncEnumerable<Product> ReadAsync(int count)
        {
            foreach (var product in Product.Cloud(count))
            {
                await Task.Yield();
                yield return product;
            }
        }
        await using var engine = await BuildAsync(Product.Cloud(20));
        var stages = new List<BuildStage>();
        await engine.UpsertAsync(ReadAsync(30).ToCatalog(p => p.Sku, p => p.Picture, p => p.Type), new Reports(stages), Token);
        Assert.Equal(30, engine.Count);
        Assert.Equal(BuildStage.Complete, stages[^1]);
        Assert.Equal(0, (await engine.UpsertAsync(ReadAsync(0).ToCatalog(p => p.Sku, p => p.Picture), cancellationToken: Token)).Computed);
    }

    private sealed class Reports(List<BuildStage> stages) : IProgress<BuildProgress>
    {
        public void Report(BuildProgress value) => stages.Add(value.Stage);
    }

    [Fact]
    public async Task RecommendManyAsync_Pictures_AnswersLikeOneByOne()
    {
        var products = Product.Cloud(60);
        await using var engine = await BuildAsync(products);
        ImageSource[] queries = [products[3].Picture, VectorExtractor.Picture(1, 1, 1), VectorExtractor.Picture(-1, 0.5f, 0)];
        var together = await engine.RecommendManyAsync(queries, cancellationToken: Token);
        for (var i = 0; i < queries.Length; i++)
            Assert.Equal((await engine.RecommendAsync(queries[i], cancellationToken: Token)).Select(hit => (hit.Id, hit.Score)),
                together[i].Answers.Select(hit => (hit.Id, hit.Score)));
    }

    [Fact]
    public async Task RecommendLikeAsync_LikedAndDisliked_MovesTowardsAndAwayAndLeavesThemOut()
    {
        await using var engine = await BuildAsync(
            [A, B, C, new Product("d", "x", 1, [0.8f, 0, 0.6f]), new Product("e", "x", 1, [0.8f, 0.6f, 0])]);
        Assert.DoesNotContain("a", (await engine.RecommendLikeAsync(["a"], cancellationToken: Token)).Select(h => h.Id));
        Assert.Equal("d", (await engine.RecommendLikeAsync(["a", "b"], ["c"], cancellationToken: Token))[0].Id);
        var error = await Assert.ThrowsAsync<ArgumentException>(() => engine.RecommendLikeAsync(["nope"], cancellationToken: Token));
        Assert.Contains("nope", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(() => engine.RecommendLikeAsync([], cancellationToken: Token));
    }

    [Fact]
    public async Task RecommendAsync_Diversity_TradesSimilarityForVariety()
    {
        var products = Enumerable.Range(0, 10).Select(i => new Product($"near-{i}", null, i, [1, 0.001f * i, 0]))
            .Append(new Product("other", null, 0, [0.7f, 0, 0.7f])).ToList();
        await using var engine = await BuildAsync(products);
        var query = VectorExtractor.Picture(1, 0, 0.01f);
        Assert.DoesNotContain("other", (await engine.RecommendAsync(query, count: 3, Token)).Select(h => h.Id));
        Assert.Contains("other", (await engine.RecommendAsync(query, new() { Count = 3, Diversity = 0.7f }, Token)).Select(h => h.Id));
    }

    [Fact]
    public async Task RecommendAsync_AtMostPer_LimitsEachValueAndStillFillsTheAnswer()
    {
        var products = Enumerable.Range(0, 500)
            .Select(i => new Product($"p{i}", i < 450 ? "crowd" : $"rare-{i}", i, [1, i * 0.002f, 0])).ToList();
        await using var engine = await BuildAsync(products);
        var hits = await engine.RecommendAsync(
            VectorExtractor.Picture(1, 0, 0), new() { Count = 8, AtMostPer = new(2, p => p.Type) }, Token);
        Assert.Equal(8, hits.Count);
        Assert.Equal(2, hits.Count(h => h.Item.Type == "crowd"));
        Assert.Equal("p0", hits[0].Id);
    }

    [Fact]
    public async Task Clusters_AfterBuild_HoldEveryItemOnceWithItsMedoidFirst()
    {
        var products = Product.Cloud(80);
        await using var engine = await BuildAsync(products);
        var clusters = await engine.GetClustersAsync(Token);
        Assert.Equal(4, clusters.Count);
        Assert.Equal(products.Select(p => p.Sku).Order(), clusters.SelectMany(c => c.MemberIds).Order());
        Assert.All(clusters.Where(c => c.Size > 0), c => Assert.Equal(c.MemberIds[0], c.MedoidId));
        Assert.All(clusters, c => Assert.True(c.Inertia >= 0));
    }

    [Fact]
    public async Task Describe_Pipeline_NamesEveryStep()
    {
        await using var engine = await BuildAsync(Product.Cloud(80));
        Assert.Equal("vector(3) -> none -> k-means(4) -> cosine", engine.Describe());
    }
}
