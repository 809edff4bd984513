using System.Numerics.Tensors;
using ImageRec.Evaluation;

namespace ImageRec.Tests.Engine;

/// <summary>The category decides, then the image.</summary>
public sealed class CategoryFirstTests : EngineTest
{
    // Of five types, three, ten and the more items the higher the number, and every seventh without a type.
    private static readonly List<Product> s_products = Shop();

    private static RecommenderBuilder First(Action<RecommenderBuilder>? learn = null)
    {
        var builder = new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).WithoutReduction().ClusterWithKMeans(4);
        (learn ?? (b => b.LearnCategories(o => o.CategoryFirst = true)))(builder);
        return builder;
    }

    private static Task<RecommendationEngine<Product>> FirstAsync(IEnumerable<Product> products, string? file = null) =>
        First().BuildAsync(Catalog(products), file, cancellationToken: Token);

    /// <summary>Centers that are near to each other, so that cosines alone mix the types.</summary>
    private static List<Product> Shop(int seed = 7)
    {
        var random = new Random(seed);
        int[] counts = [3, 10, 40, 60, 80];
        var products = new List<Product>();
        foreach (var (type, count) in counts.Index())
            for (var i = 0; i < count; i++)
                products.Add(new Product($"{type}-{i}", i % 7 == 6 ? null : $"type-{type}", products.Count, Vector(type, random)));
        return products;
    }

    private static float[] Vector(int type, Random random)
    {
        float[] vector = [.. Enumerable.Range(0, 6).Select(_ => 0.8f * (random.NextSingle() - 0.5f))];
        vector[type] += 1;
        return vector;
    }

    private static List<float[]> Unseen(int count, int seed = 99)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(i => Vector(i % 5, random))];
    }

    private static float Cosine(float[] a, float[] b) => TensorPrimitives.CosineSimilarity<float>(a, b);

    /// <summary>The answers by sorting all items, from what the engine says of the query and of items without a category.</summary>
    private static async Task<List<string>> ByHandAsync(
        RecommendationEngine<Product> engine, IEnumerable<Product> products, float[] query, Func<Product, bool>? where = null,
        Func<Product, float>? score = null)
    {
        score ??= product => Cosine(query, product.Vector);
        var ofQuery = (await engine.ClassifyAsync(VectorExtractor.Picture(query), Token))
            .ToDictionary(p => p.Category, p => p.Probability);
        var ranked = new List<(Product Product, float Probability)>();
        foreach (var product in products.Where(where ?? (_ => true)))
        {
            var counted = product.Type is { } own && ofQuery.ContainsKey(own)
                ? own
                : (await engine.ClassifyAsync(product.Picture, Token))[0].Category;
            ranked.Add((product, ofQuery[counted]));
        }
        return [.. ranked.OrderByDescending(r => r.Probability).ThenByDescending(r => score(r.Product))
            .Select(r => r.Product.Sku)];
    }

    private static List<string> Ids(IEnumerable<Recommendation<Product>> hits) => [.. hits.Select(hit => hit.Id)];

    private static Task<IReadOnlyList<Recommendation<Product>>> AskAsync(
        RecommendationEngine<Product> engine, float[] query, RecommendOptions<Product> options) =>
        engine.RecommendAsync(VectorExtractor.Picture(query), options, Token);

    [Fact]
    public async Task RecommendAsync_CategoryFirst_IsTheListSortedByCategoryThenCosine()
    {
        await using var engine = await FirstAsync(s_products);
        foreach (var query in Unseen(10))
        {
            var expected = await ByHandAsync(engine, s_products, query);
            foreach (var count in new[] { 1, 5, 60, s_products.Count, 500 })
                Assert.Equal(expected.Take(count), Ids(await AskAsync(engine, query, new() { Count = count })));
        }
    }

    [Fact]
    public async Task RecommendAsync_CategoryFirst_ScoresByTheImagesAlone()
    {
        await using var engine = await FirstAsync(s_products);
        var byId = s_products.ToDictionary(p => p.Sku);
        var query = Unseen(3)[2];
        var hits = await AskAsync(engine, query, new() { Count = 193 });
        Assert.Equal(193, hits.Count);
        Assert.All(hits, hit => Assert.Equal(Cosine(query, byId[hit.Id].Vector), hit.Score, 1e-4f));
        // Of as many pairs as there are, the scores of one item are spread like all.
        Assert.InRange(hits.Max(hit => hit.Percentile!.Value), 90, 100);
        Assert.InRange(hits.Min(hit => hit.Percentile!.Value), 0, 10);
        var told = (await engine.ClassifyAsync(VectorExtractor.Picture(query), Token)).ToDictionary(t => t.Category, t => t.Probability);
        Assert.All(hits.Where(h => h.Category is not null),
            hit => Assert.Equal(told[hit.Category!], hit.CategoryProbability!.Value, 1e-3f));
    }

    [Fact]
    public async Task RecommendAsync_CategoryTooSmall_GoesOnWithTheNextMostProbable()
    {
        await using var engine = await FirstAsync(s_products);
        var query = Unseen(1)[0];
        Assert.Equal("type-0", (await engine.ClassifyAsync(VectorExtractor.Picture(query), Token))[0].Category);
        var hits = await AskAsync(engine, query, new() { Count = 20 });
        Assert.Equal(20, hits.Count);
        Assert.All(hits.Take(3), hit => Assert.StartsWith("0-", hit.Id, StringComparison.Ordinal));
        Assert.Equal((await ByHandAsync(engine, s_products, query)).Take(20), Ids(hits));
    }

    [Fact]
    public async Task RecommendAsync_FiltersAndRules_HoldAndLeaveNoAnswerOut()
    {
        await using var engine = await FirstAsync(s_products);
        foreach (var query in Unseen(5))
        {
            bool Where(Product p) => p.Price % 3 == 0;
            var expected = await ByHandAsync(engine, s_products, query, Where);
            Assert.Equal(expected, Ids(await AskAsync(engine, query, new() { Count = 500, Where = Where })));
            Assert.Equal(expected.Take(7), Ids(await AskAsync(engine, query, new() { Count = 7, Where = Where })));

            var all = await AskAsync(engine, query, new() { Count = 500 });
            foreach (var least in new[] { 0.2f, all[10].Score, 0.95f })
            {
                var enough = all.Where(hit => hit.Score >= least).ToList();
                Assert.Equal(Ids(enough.Take(30)), Ids(await AskAsync(engine, query, new() { Count = 30, MinScore = least })));
            }

            var limited = await AskAsync(engine, query, new() { Count = 30, AtMostPer = new(2, p => p.Price % 10) });
            Assert.Equal(20, limited.Count);
            Assert.All(limited.CountBy(hit => hit.Item.Price % 10), digit => Assert.Equal(2, digit.Value));
        }
    }

    [Fact]
    public async Task RecommendAsync_Diversity_VariesInsideTheCategoryBeforeItLeavesIt()
    {
        await using var engine = await FirstAsync(s_products);
        foreach (var query in Unseen(5))
        {
            var ranked = await ByHandAsync(engine, s_products, query);
            var ofFirst = ranked.TakeWhile(id => id[0] == ranked[0][0]).Count();
            var varied = await AskAsync(engine, query, new() { Count = 12, Diversity = 0.7f });
            Assert.Equal(12, varied.Count);
            // Types are those of the centers but for the few that are predicted wrong.
            var expected = ranked.Take(Math.Min(ofFirst, 12)).Count(id => id[0] == ranked[0][0]);
            Assert.InRange(varied.Take(expected).Count(hit => hit.Id[0] == ranked[0][0]), expected - 1, expected);
        }
    }

    [Fact]
    public async Task RecommendAsync_Attributes_CountInsideTheCategory()
    {
        await using var engine = await FirstAsync(s_products);
        var even = AttributeMatch.Same<Product>("even", p => p.Price % 2 == 0 ? "yes" : "no", "yes", weight: 5);
        foreach (var query in Unseen(5))
        {
            var expected = await ByHandAsync(
                engine, s_products, query, score: p => (Cosine(query, p.Vector) + (p.Price % 2 == 0 ? 5 : 0)) / 6);
            foreach (var count in new[] { 2, 40, 500 })
                Assert.Equal(expected.Take(count), Ids(await AskAsync(engine, query, new() { Count = count, Attributes = [even] })));
        }
    }

    [Fact]
    public async Task RecommendAsync_PictureOfTheCatalog_IsAnsweredFromItsOwnCategory()
    {
        // Said to be of another type than it looks.
        var products = s_products.Select((p, i) => p.Sku == "4-1" ? p with { Type = "type-1" } : p).ToList();
        await using var engine = await FirstAsync(products);
        var hits = await engine.RecommendAsync(products.Single(p => p.Sku == "4-1").Picture, count: 9, Token);
        Assert.Equal(("4-1", true), (hits[0].Id, hits[0].IsSamePicture));
        Assert.All(hits, hit => Assert.True(hit.Category is null or "type-1"));
        var liked = await engine.RecommendLikeAsync(["2-0", "2-1"], options: new() { Count = 30 }, cancellationToken: Token);
        Assert.All(liked, hit => Assert.True(hit.Category is null or "type-2"));
    }

    [Fact]
    public async Task OpenAsync_CategoryFirst_AnswersAsBuiltAlsoAfterUpsertsAndRemoval()
    {
        var query = Unseen(5)[2];
        List<string> built;
        await using (var engine = await FirstAsync(s_products, FilePath))
        {
            built = Ids(await AskAsync(engine, query, new() { Count = 500 }));
            Assert.Contains("(5 categories, category first)", engine.Describe(), StringComparison.Ordinal);
        }
        var changed = s_products.Where(p => p.Sku is not ("2-3" or "2-4"))
            .Select(p => p.Sku switch { "3-2" => p with { Type = "type-2" }, "2-1" => p with { Type = "type-4" }, _ => p })
            .Append(new Product("new", "type-2", 3, [0.1f, 0, 1, 0, 0.1f, 0]))
            .Append(new Product("unlabeled", null, 3, [0, 0.1f, 1, 0, 0.1f, 0]))
            .Append(new Product("unknown", "hovercraft", 3, [0, 0, 1, 0.1f, 0.1f, 0])).ToList();
        List<string> expected;
        await using (var opened = await new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).OpenAsync<Product>(FilePath, Token))
        {
            Assert.Equal(built, Ids(await AskAsync(opened, query, new() { Count = 500 })));
            await opened.UpsertAsync(Catalog(changed.Where(p => p.Sku is "3-2" or "2-1" or "new" or "unlabeled" or "unknown")),
                cancellationToken: Token);
            Assert.Equal(2, await opened.RemoveAsync(["2-3", "2-4"], Token));
            expected = await ByHandAsync(opened, changed, query);
            Assert.Equal(expected, Ids(await AskAsync(opened, query, new() { Count = 500 })));
        }
        await using var again = await First().OpenAsync<Product>(FilePath, Token);
        Assert.Equal(expected, Ids(await AskAsync(again, query, new() { Count = 500 })));
        await using var follower = await First().OpenAsync<Product>(FilePath, Token);
        await again.UpsertAsync(Catalog([changed.Single(p => p.Sku == "new") with { Type = "type-0" }]), cancellationToken: Token);
        await follower.RefreshAsync(cancellationToken: Token);
        Assert.Equal(
            Ids(await AskAsync(again, query, new() { Count = 500 })), Ids(await AskAsync(follower, query, new() { Count = 500 })));
        Assert.NotEqual(expected, Ids(await AskAsync(follower, query, new() { Count = 500 })));
    }

    [Fact]
    public async Task BuildAsync_OnAFileWithoutCategoryFirst_NamesBoth()
    {
        await (await First(b => b.LearnCategories()).BuildAsync(Catalog(s_products), FilePath, cancellationToken: Token)).DisposeAsync();
        var error = await Assert.ThrowsAsync<CatalogFileException>(() => FirstAsync(s_products, FilePath));
        Assert.Contains("kernel-ridge, not kernel-ridge(category first)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecommendAsync_AnyLearner_AnswersByCategoryFirst()
    {
        Action<RecommenderBuilder>[] learners =
        [
            b => b.LearnCategories(o => (o.Trainer, o.CategoryFirst) = (CategoryTrainer.MaximumEntropy, true)),
            b => b.LearnCategoriesWithForest(o => (o.Trees, o.CategoryFirst) = (20, true)),
        ];
        foreach (var learn in learners)
        {
            await using var engine = await First(learn).BuildAsync(Catalog(s_products), cancellationToken: Token);
            var query = Unseen(4)[3];
            Assert.Equal(await ByHandAsync(engine, s_products, query), Ids(await AskAsync(engine, query, new() { Count = 500 })));
        }
    }

    [Theory]
    [InlineData(MemoryMode.Floats, null)]
    [InlineData(MemoryMode.CodesOnly, 0.95)]
    public async Task RecommendAsync_AnyIndex_AnswersAllThatMatch(MemoryMode memory, double? recall)
    {
        await using var engine = await First().RankByCosine(o => (o.Memory, o.Recall) = (memory, recall))
            .BuildAsync(Catalog(s_products), FilePath, cancellationToken: Token);
        var query = Unseen(1)[0];
        var hits = await AskAsync(engine, query, new() { Count = 150 });
        Assert.Equal((await ByHandAsync(engine, s_products, query)).Take(150), Ids(hits));
    }

    [Fact]
    public async Task RecommendAsync_FiveHundredCategories_StillAnswersInOrder()
    {
        var random = new Random(3);
        float[] Point(float scale) => [.. Enumerable.Range(0, 6).Select(_ => scale * ((2 * random.NextSingle()) - 1))];
        var centers = Enumerable.Range(0, 500).Select(_ => Point(1)).ToArray();
        var photos = Enumerable.Range(0, 1500).Select(i => new Product(
            $"sku-{i}", $"type-{i % 500:D3}", i, [.. centers[i % 500].Zip(Point(0.1f), (center, noise) => center + noise)])).ToList();
        await using var engine = await FirstAsync(photos);
        float[] query = [.. centers[123].Zip(Point(0.1f), (center, noise) => center + noise)];
        var told = await engine.ClassifyAsync(VectorExtractor.Picture(query), Token);
        var hits = await AskAsync(engine, query, new() { Count = 40 });
        Assert.Equal(40, hits.Count);
        Assert.Equal(told.Take(14).SelectMany(t => Enumerable.Repeat(t.Category, 3)).Take(40), hits.Select(hit => hit.Category!));
        var rare = await AskAsync(engine, query, new() { Count = 40, Where = p => p.Price >= 1490 });
        Assert.Equal(10, rare.Count);
        Assert.Equal(rare.OrderByDescending(hit => hit.CategoryProbability).Select(hit => hit.Id), Ids(rare));
    }

    [Fact]
    public async Task EvaluateAsync_CategoryFirst_MeasuresWhatIsAnswered()
    {
        await using var engine = await FirstAsync(s_products);
        var queries = Unseen(25).Select((vector, i) => new Product($"q{i}", $"type-{i % 5}", 0, vector)).ToList();
        var report = await engine.EvaluateAsync(Catalog(queries), new EvaluationOptions { TimedQueries = 2 }, cancellationToken: Token);
        var ofId = s_products.ToDictionary(p => p.Sku, p => p.Type);
        foreach (var (query, result) in queries.Zip(report.PerQuery))
        {
            var ranked = Ids(await AskAsync(engine, query.Vector, new() { Count = 500 }));
            Assert.Equal(ranked.Take(10), result.Answers.Select(answer => answer.Id));
            var places = ranked.Index().Where(r => ofId[r.Item] == query.Type).Select(r => r.Index + 1).ToList();
            Assert.Equal(places.Index().Average(p => (p.Index + 1.0) / p.Item), result.AveragePrecision, 1e-9);
        }
        // Found by the recommender alone, those would be mixed by their images.
        Assert.True(report.Metrics["precision@10"].Value > 0.6);
        var left = await engine.EvaluateLeaveOneOutAsync(new() { TimedQueries = 0 }, cancellationToken: Token);
        Assert.InRange(left.Confusion.Accuracy, 0.5, 1);
    }

    [Fact]
    public async Task RunAsync_AxisOfLearners_ComparesBothWays()
    {
        var axis = ExperimentAxis.Of(
            "join",
            ("soft", b => b.LearnCategories()), ("first", b => b.LearnCategories(o => o.CategoryFirst = true)));
        var grid = new ExperimentGrid { Extractors = [new("vector", () => new VectorExtractor(6))], Axes = [axis] };
        var queries = Unseen(25).Select((vector, i) => new Product($"q{i}", $"type-{i % 5}", 0, vector));
        var table = await grid.RunAsync(
            Catalog(s_products), Catalog(queries), new ExperimentOptions { Evaluation = new() { TimedQueries = 0 } },
            cancellationToken: Token);
        Assert.Contains("weight", table.Rows[0].Pipeline, StringComparison.Ordinal);
        Assert.Contains("category first", table.Rows[1].Pipeline, StringComparison.Ordinal);
        // One classifier, asked in two ways.
        Assert.Equal(table.Rows[0].Metrics["accuracy"].Value, table.Rows[1].Metrics["accuracy"].Value);
        Assert.NotEqual(table.Rows[0].Metrics["map"].Value, table.Rows[1].Metrics["map"].Value);
    }

    [Fact]
    public async Task BuildAsync_OneCategoryOnly_RanksByTheImage()
    {
        await using var engine = await FirstAsync(s_products.Select(p => p with { Type = "one" }));
        var query = Unseen(1)[0];
        var expected = s_products.OrderByDescending(p => Cosine(query, p.Vector)).Select(p => p.Sku).Take(9);
        Assert.Equal(expected, Ids(await AskAsync(engine, query, new() { Count = 9 })));
    }

    [Fact]
    public void LearnCategories_WeightAndCategoryFirst_SaysToSetOne() =>
        Assert.Contains("Weight is 2", Assert.Throws<ArgumentException>(
            () => new RecommenderBuilder().LearnCategories(o => (o.Weight, o.CategoryFirst) = (2, true))).Message,
            StringComparison.Ordinal);
}
