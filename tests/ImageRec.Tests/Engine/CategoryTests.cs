using ImageRec.Evaluation;
using Microsoft.ML;

namespace ImageRec.Tests.Engine;

public class CategoryTests : EngineTest
{
    private static readonly List<Product> Products = Product.Cloud(240, dimensions: 6);

    private static RecommenderBuilder Learning(VectorExtractor? extractor = null, Action<CategoryOptions>? configure = null) =>
        new RecommenderBuilder().UseExtractor(extractor ?? new VectorExtractor(6)).WithoutReduction().LearnCategories(configure)
            .ClusterWithKMeans(4);

    private static Task<RecommendationEngine<Product>> LearnAsync(
        IEnumerable<Product> products, string? file = null, VectorExtractor? extractor = null) =>
        Learning(extractor).BuildAsync(Catalog(products), file, cancellationToken: Token);

    /// <summary>Pictures of the same centers that the catalog does not have.</summary>
    private static List<Product> Unseen => [.. Product.Cloud(280, dimensions: 6).Skip(240)];

    [Fact]
    public async Task BuildAsync_LearnCategories_ReportsTrainingAndHeldOutFiguresSideBySide()
    {
        await using var engine = await LearnAsync(Products);
        var report = engine.Report!.Categories!;
        Assert.Equal(report.HeldOutLogLoss, engine.Categories!.HeldOutLogLoss);
        Assert.Equal(["type-0", "type-1", "type-2", "type-3"], report.Categories);
        Assert.Equal((240, 0, 5), (report.LabeledRows, report.UnlabeledRows, report.Folds));
        Assert.InRange(report.HeldOutAccuracy, 0.9, 1);
        Assert.InRange(report.TrainingAccuracy, report.HeldOutAccuracy, 1);
        Assert.Equal(0.25, report.MajorityAccuracy, 1e-9);
        Assert.InRange(report.CalibrationError, 0, 0.1);
        Assert.InRange(report.HeldOutPrecisionAt5, report.PicturePrecisionAt5, 1);
        Assert.Matches(@"^vector\(6\) -> none -> kernel-ridge\(4 categories, weight [\d.]+\) -> k-means\(4\) -> cosine$",
            engine.Describe());
        Assert.Equal(10, engine.Dimensions);
    }

    [Fact]
    public async Task BuildAsync_CategoriesThatMeanNothing_HeldOutAccuracyTellsSo()
    {
        var random = new Random(5);
        await using var engine = await Learning(configure: o => o.L2Regularization = 1e-4f).BuildAsync(
            Catalog(Enumerable.Range(0, 60)
            .Select(i => new Product($"{i}", $"type-{random.Next(4)}", 0,
                [.. Enumerable.Range(0, 6).Select(_ => random.NextSingle() - 0.5f)]))), cancellationToken: Token);
        Assert.InRange(engine.Categories!.HeldOutAccuracy, 0, 0.45);
        Assert.InRange(engine.Categories.TrainingAccuracy, engine.Categories.HeldOutAccuracy + 0.1, 1);
        Assert.InRange(engine.Categories.Temperature, 1.5f, 20);
    }

    [Fact]
    public async Task ClassifyAsync_UnseenPictures_AreToldTheirCategoryBestFirst()
    {
        await using var engine = await LearnAsync(Products);
        var told = (await engine.ClassifyManyAsync([.. Unseen.Select(p => p.Picture)], Token)).Select(answer => answer.Answers).ToList();
        Assert.InRange(told.Zip(Unseen).Count(t => t.First[0].Category == t.Second.Type), 36, 40);
        Assert.All(told, predictions =>
        {
            Assert.Equal(4, predictions.Count);
            Assert.Equal(1, predictions.Sum(p => p.Probability), 1e-4f);
            Assert.Equal(predictions.OrderByDescending(p => p.Probability).ToArray(), predictions);
        });
        Assert.Equal(told[3], await engine.ClassifyAsync(Unseen[3].Picture, Token));
    }

    [Fact]
    public async Task ClassifyAsync_PictureOfTheCatalog_IsPredictedFromItsPixels()
    {
        // Said to be of another type than it looks.
        var products = Products.Select((p, i) => i == 7 ? p with { Type = "type-0" } : p).ToList();
        await using var engine = await LearnAsync(products);
        Assert.Equal("type-3", (await engine.ClassifyAsync(products[7].Picture, Token))[0].Category);
    }

    [Fact]
    public async Task ClassifyAsync_NothingLearned_SaysWhatToDo()
    {
        await using var engine = await BuildAsync(Product.Cloud(20));
        Assert.Null(engine.Categories);
        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => engine.ClassifyAsync(VectorExtractor.Picture(1, 2, 3), Token));
        Assert.Contains("LearnCategories", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecommendAsync_LearnedCategories_BringsTheCategoryForward()
    {
        // The first two numbers tell the type; four louder ones tell nothing.
        var random = new Random(12);
        var noisy = Enumerable.Range(0, 240).Select(i => new Product($"sku-{i}", $"type-{i % 4}", i,
            [MathF.Cos(i % 4 * MathF.PI / 2), MathF.Sin(i % 4 * MathF.PI / 2),
            .. Enumerable.Range(0, 4).Select(_ => (3 * random.NextSingle()) - 1.5f)])).ToList();
        await using var plain = await new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).WithoutReduction()
            .BuildAsync(Catalog(noisy.Skip(40)), cancellationToken: Token);
        await using var learned = await LearnAsync(noisy.Skip(40));
        async Task<int> RightAsync(RecommendationEngine<Product> engine)
        {
            var answers = await engine.RecommendManyAsync([.. noisy.Take(40).Select(p => p.Picture)], cancellationToken: Token);
            return answers.Zip(noisy).Sum(a => a.First.Answers.Count(hit => hit.Category == a.Second.Type));
        }
        Assert.True(await RightAsync(learned) > await RightAsync(plain));
    }

    [Fact]
    public async Task RecommendAsync_EachAnswer_SaysWhatItsScoreMeans()
    {
        await using var engine = await LearnAsync(Products);
        var query = Unseen[0];
        var told = await engine.ClassifyAsync(query.Picture, Token);
        var hits = await engine.RecommendAsync(query.Picture, count: 240, Token);
        Assert.All(
            hits, hit => Assert.Equal(told.Single(t => t.Category == hit.Category).Probability, hit.CategoryProbability!.Value, 1e-4f));
        Assert.All(hits, hit => Assert.InRange(hit.Percentile!.Value, 0, 100));
        Assert.InRange(hits[0].Percentile!.Value, 90, 100);
        Assert.Equal(hits.Select(h => h.Percentile).OrderDescending(), hits.Select(h => h.Percentile));
        // A random query's scores are spread like the catalog's own.
        Assert.InRange(hits[120].Percentile!.Value, 20, 80);
        Assert.InRange(hits[^1].Percentile!.Value, 0, 20);
    }

    [Fact]
    public async Task RecommendAsync_WithoutLearning_HasPercentileButNoCategoryProbability()
    {
        await using var engine = await BuildAsync(Product.Cloud(20));
        var hit = (await engine.RecommendAsync(VectorExtractor.Picture(1, 2, 3), cancellationToken: Token))[0];
        Assert.Null(hit.CategoryProbability);
        Assert.NotNull(hit.Percentile);
        await using var one = await BuildAsync([new Product("only", null, 0, [1, 0, 0])]);
        Assert.Null((await one.RecommendAsync(VectorExtractor.Picture(1, 2, 3), cancellationToken: Token))[0].Percentile);
    }

    [Fact]
    public async Task BuildAsync_ItemsWithoutCategory_RankWithTheirPredictedOne()
    {
        var products = Products.ConvertAll(p => p.Price % 3 == 0 ? p with { Type = null } : p);
        await using var engine = await LearnAsync(products);
        Assert.Equal((160, 80), (engine.Categories!.LabeledRows, engine.Categories.UnlabeledRows));
        var query = Unseen.First(p => p.Type == "type-2");
        var hits = await engine.RecommendAsync(query.Picture, new() { Count = 240, Where = p => p.Type is null }, Token);
        Assert.Equal(80, hits.Count);
        // Types repeat every four items: that is what the unlabeled ones truly are.
        Assert.All(hits.Take(15), hit => Assert.Equal(2, hit.Item.Price % 4));
        Assert.All(hits.Take(15), hit => Assert.InRange(hit.CategoryProbability!.Value, 0.5f, 1));
        Assert.All(hits.TakeLast(40), hit => Assert.InRange(hit.CategoryProbability!.Value, 0, 0.5f));
    }

    [Fact]
    public async Task OpenAsync_LearnedCatalog_AnswersAndClassifiesAsBuilt()
    {
        string expected;
        await using (var built = await LearnAsync(Products, FilePath))
            expected = await AnswersAsync(built);
        await using var opened = await new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).OpenAsync<Product>(FilePath, Token);
        Assert.Equal(expected, await AnswersAsync(opened));
    }

    [Fact]
    public async Task OpenAsync_OtherLearning_NamesBoth()
    {
        await (await BuildAsync(Product.Cloud(30), FilePath)).DisposeAsync();
        var builder = Builder().LearnCategories();
        var error = await Assert.ThrowsAsync<CatalogFileException>(() => builder.OpenAsync<Product>(FilePath, Token));
        Assert.Contains("kernel-ridge", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<CatalogFileException>(
            () => Builder().LearnCategories(o => o.Weight = 2).BuildAsync(Catalog(Product.Cloud(30)), FilePath, cancellationToken: Token));
        Assert.Contains("none, not kernel-ridge(weight 2)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(200)]
    public async Task BuildAsync_InterruptedAndRunAgain_EndsTheSame(int after)
    {
        var products = Product.Cloud(300, dimensions: 6);
        RecommenderBuilder Small(VectorExtractor extractor) =>
            new RecommenderBuilder { FitSampleRows = 150 }.UseExtractor(extractor).WithoutReduction().LearnCategories();
        var whole = Path.Combine(Folder, "whole");
        await (await Small(new VectorExtractor(6)).BuildAsync(Catalog(products), whole, cancellationToken: Token)).DisposeAsync();

        using var stop = new CancellationTokenSource();
        var first = new VectorExtractor(6) { PreferredBatch = 64, BeforeBatch = computed => { if (computed >= after) stop.Cancel(); } };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Small(first).BuildAsync(Catalog(products), FilePath, cancellationToken: stop.Token));
        await using (var engine = await Small(new VectorExtractor(6)).BuildAsync(Catalog(products), FilePath, cancellationToken: Token))
            Assert.Equal(150, engine.Report!.Categories!.LabeledRows);
        Assert.Equal(Dump(whole), Dump(FilePath));
    }

    [Fact]
    public async Task UpsertAsync_AnotherCategoryForTheSamePicture_MovesTheItemNowAndAfterReopening()
    {
        var query = Unseen.First(p => p.Type == "type-1");
        await using (var engine = await LearnAsync(Products, FilePath))
        {
            var before = (await engine.RecommendAsync(query.Picture, count: 240, Token)).Single(h => h.Id == "sku-1").Score;
            var report = await engine.UpsertAsync(Catalog([Products[1] with { Type = "type-3" }]), cancellationToken: Token);
            Assert.Equal((0, 1), (report.Computed, report.Reused));
            var after = (await engine.RecommendAsync(query.Picture, count: 240, Token)).Single(h => h.Id == "sku-1");
            Assert.True(after.Score < before - 0.05f);
            Assert.Equal("type-3", after.Category);
            await engine.UpsertAsync(Catalog([Products[1]]), cancellationToken: Token);
            Assert.Equal(before, (await engine.RecommendAsync(query.Picture, count: 240, Token)).Single(h => h.Id == "sku-1").Score, 1e-5f);
            await engine.UpsertAsync(Catalog([Products[2] with { Type = "type-3" }]), cancellationToken: Token);
        }
        await using var reopened = await Learning().OpenAsync<Product>(FilePath, Token);
        Assert.True(reopened.TryGet("sku-2", out var moved) && moved.Type == "type-3");
    }

    [Fact]
    public async Task BuildAsync_AgainWithAnotherCategory_GivesTheRowAnUpsertGives()
    {
        var changed = Products.Select((p, i) => i == 5 ? p with { Type = "type-0" } : p).ToList();
        var upserted = Path.Combine(Folder, "upserted");
        await (await LearnAsync(Products, FilePath)).DisposeAsync();
        File.Copy(FilePath, upserted);
        string expected;
        await using (var engine = await Learning().OpenAsync<Product>(upserted, Token))
        {
            await engine.UpsertAsync(Catalog([changed[5]]), cancellationToken: Token);
            expected = await AnswersAsync(engine);
        }
        var extractor = new VectorExtractor(6);
        await using var again = await LearnAsync(changed, FilePath, extractor);
        Assert.Empty(extractor.Computed);
        Assert.Equal(expected, await AnswersAsync(again));
    }

    [Fact]
    public async Task UpsertAsync_NewItems_JoinWithTheirOwnOrPredictedOrUnknownCategory()
    {
        await using var engine = await LearnAsync(Products);
        var vector = Unseen.First(p => p.Type == "type-1").Vector;
        await engine.UpsertAsync(
            Catalog([new("own", "type-1", 0, vector), new("none", null, 0, [.. vector.Select(v => v * 2)]),
            new("unknown", "hovercraft", 0, [.. vector.Select(v => v * 3)])]), cancellationToken: Token);
        var hits = (await engine.RecommendAsync(VectorExtractor.Picture([.. vector.Select(v => v * 4)]), count: 243, Token))
            .ToDictionary(h => h.Id);
        Assert.All(new[] { "own", "none", "unknown" }, id => Assert.InRange(hits[id].Score, 0.9f, 1));
        Assert.NotNull(hits["none"].CategoryProbability);
        Assert.Null(hits["unknown"].CategoryProbability);
    }

    [Fact]
    public async Task RecommendLikeAsync_LearnedCategories_TellsTheMixedCategory()
    {
        await using var engine = await LearnAsync(Products);
        var hits = await engine.RecommendLikeAsync(["sku-1", "sku-5"], cancellationToken: Token);
        Assert.All(hits, hit => Assert.Equal("type-1", hit.Category));
        Assert.All(hits, hit => Assert.Equal(1, hit.CategoryProbability!.Value, 1e-4f));
    }

    [Fact]
    public async Task BuildAsync_NoCategories_WorksAndSaysWhyNothingWasLearned()
    {
        await using (var engine = await LearnAsync(Products.Select(p => p with { Type = null }), FilePath))
        {
            Assert.Contains("None of the 240", engine.Categories!.Note, StringComparison.Ordinal);
            Assert.Equal(6, engine.Dimensions);
            Assert.Contains("-> no categories ->", engine.Describe(), StringComparison.Ordinal);
            Assert.Contains("None of the 240",
                (await Assert.ThrowsAsync<InvalidOperationException>(() => engine.ClassifyAsync(Unseen[0].Picture, Token))).Message,
                StringComparison.Ordinal);
        }
        await using var opened = await Learning().OpenAsync<Product>(FilePath, Token);
        Assert.NotNull(opened.Categories!.Note);
    }

    [Fact]
    public async Task BuildAsync_OneCategory_WorksAndSaysWhyNothingWasLearned()
    {
        await using var engine = await LearnAsync(Products.Select((p, i) => p with { Type = i < 100 ? "hat" : null }));
        Assert.Contains("'hat'", engine.Categories!.Note, StringComparison.Ordinal);
        var (category, probability) = Assert.Single(await engine.ClassifyAsync(Unseen[0].Picture, Token));
        Assert.Equal(("hat", 1f), (category, probability));
        Assert.Equal(5, (await engine.RecommendAsync(Unseen[0].Picture, cancellationToken: Token)).Count);
    }

    [Fact]
    public async Task BuildAsync_RareCategories_CountAsWrongWhenHeldOut()
    {
        var products = Products.Concat(
            [new("rare-1", "hapax", 0, [9, 0, 0, 0, 0, 1]), new("pair-1", "dual", 0, [0, 9, 0, 0, 0, 1]),
            new("pair-2", "dual", 0, [0, 9, 0, 0, 0, 2])]);
        await using var engine = await LearnAsync(products);
        Assert.Equal(6, engine.Categories!.Categories.Count);
        Assert.InRange(engine.Categories.HeldOutAccuracy, 0.9, 242.0 / 243);
        Assert.Equal("rare-1", (await engine.RecommendAsync(VectorExtractor.Picture(8, 0, 0, 0, 0, 1), count: 1, Token))[0].Id);
    }

    [Fact]
    public async Task BuildAsync_TwoItems_Works()
    {
        await using var engine = await LearnAsync([new("a", "x", 0, [1, 0, 0, 0, 0, 0]), new("b", "y", 0, [0, 1, 0, 0, 0, 0])]);
        Assert.Equal("b", (await engine.RecommendAsync(VectorExtractor.Picture(0, 1, 0.1f, 0, 0, 0), count: 1, Token))[0].Id);
        Assert.Equal("y", (await engine.ClassifyAsync(VectorExtractor.Picture(0, 1, 0.1f, 0, 0, 0), Token))[0].Category);
    }

    [Fact]
    public async Task BuildAsync_FiveHundredCategories_Works()
    {
        var random = new Random(3);
        var products = Enumerable.Range(0, 1500)
            .Select(
            i => new Product($"p{i}", $"c{i % 500:000}", 0,
            [.. Enumerable.Range(0, 6).Select(
            j => MathF.Sin((i % 500 * 7.7f) + (j * 1.3f) + (i % 500 * j)) + (0.02f * random.NextSingle()))]));
        await using var engine = await LearnAsync(products);
        Assert.Equal(500, engine.Categories!.Categories.Count);
        Assert.InRange(engine.Categories.HeldOutAccuracy, 0.05, 1);
    }

    [Theory]
    [InlineData(0f, 5)]
    [InlineData(101f, 5)]
    [InlineData(1f, 1)]
    [InlineData(1f, 21)]
    public void LearnCategories_OptionOutOfRange_Throws(float weight, int folds) =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new RecommenderBuilder().LearnCategories(o => (o.Weight, o.Folds) = (weight, folds)));

    [Fact]
    public void LearnCategories_Twice_NamesBoth() =>
        Assert.Contains("kernel-ridge(l2 1), then kernel-ridge", Assert.Throws<InvalidOperationException>(
            () => new RecommenderBuilder().LearnCategories(o => o.L2Regularization = 1).LearnCategories()).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task LearnCategoriesWithForest_Always_LearnsOpensAndClassifies()
    {
        static RecommenderBuilder Forest() =>
            new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).WithoutReduction().LearnCategoriesWithForest(o => o.Trees = 40);
        string expected;
        await using (var built = await Forest().BuildAsync(Catalog(Products), FilePath, cancellationToken: Token))
        {
            Assert.InRange(built.Categories!.HeldOutAccuracy, 0.85, 1);
            Assert.Contains("random-forest(4 categories", built.Describe(), StringComparison.Ordinal);
            expected = await AnswersAsync(built);
        }
        var error = await Assert.ThrowsAsync<CatalogFileException>(
            () => new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).OpenAsync<Product>(FilePath, Token));
        Assert.Contains("ImageRec.ML", error.Message, StringComparison.Ordinal);
        await using (var opened = await new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).RestoreForests()
            .OpenAsync<Product>(FilePath, Token))
            Assert.Equal(expected, await AnswersAsync(opened));
        await using var chosen = await Forest().OpenAsync<Product>(FilePath, Token);
        Assert.Equal(expected, await AnswersAsync(chosen));
    }

    [Fact]
    public async Task LearnCategoriesWithMLNet_OwnEstimator_LearnsAndIsAskedForOnOpening()
    {
        static RecommenderBuilder Own() => new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).WithoutReduction()
            .LearnCategoriesWithMLNet("own bayes", ml => ml.MulticlassClassification.Trainers.NaiveBayes());
        string expected;
        await using (var built = await Own().BuildAsync(Catalog(Products), FilePath, cancellationToken: Token))
            expected = await AnswersAsync(built);
        var error = await Assert.ThrowsAsync<CatalogFileException>(
            () => new RecommenderBuilder().UseExtractor(new VectorExtractor(6)).OpenAsync<Product>(FilePath, Token));
        Assert.Contains("own bayes", error.Message, StringComparison.Ordinal);
        await using var opened = await Own().OpenAsync<Product>(FilePath, Token);
        Assert.Equal(expected, await AnswersAsync(opened));
    }

    [Fact]
    public async Task EvaluateLeaveOneOutAsync_LearnedCatalog_DoesNotLookUpTheItemsOwnCategory()
    {
        // Categories without any meaning: whoever still tells them has looked them up.
        var random = new Random(5);
        var products = Enumerable.Range(0, 120)
            .Select(i => new Product($"{i}", $"type-{random.Next(4)}", 0,
            [.. Enumerable.Range(0, 6).Select(_ => random.NextSingle() - 0.5f)])).ToList();
        await using var engine = await Learning(configure: o => (o.L2Regularization, o.Weight) = (1e-3f, 2))
            .BuildAsync(Catalog(products), cancellationToken: Token);
        var report = await engine.EvaluateLeaveOneOutAsync(cancellationToken: Token);
        Assert.InRange(report.Confusion.Accuracy, 0.05, 0.5);
    }

    private static async Task<string> AnswersAsync(RecommendationEngine<Product> engine)
    {
        var hits = await engine.RecommendAsync(Unseen[9].Picture, count: 300, Token);
        var told = await engine.ClassifyAsync(Unseen[9].Picture, Token);
        var lines = hits.Select(h => $"{h.Id} {h.Score:R} {h.Percentile:R} {h.CategoryProbability:R}");
        return $"{engine.Describe()}\n{string.Join("\n", lines)}\n{string.Join("\n", told)}\n{engine.Categories!.HeldOutAccuracy:R}";
    }

    [Fact]
    public async Task BuildAsync_FiveHundredCategoriesOfFivePhotos_LearnsThem()
    {
        var random = new Random(3);
        float[] Point(float scale) => [.. Enumerable.Range(0, 16).Select(_ => scale * ((2 * random.NextSingle()) - 1))];
        var centers = Enumerable.Range(0, 500).Select(_ => Point(1)).ToArray();
        var photos = Enumerable.Range(0, 2500).Select(i => new Product(
            $"sku-{i}", $"type-{i % 500:D3}", 1, [.. centers[i % 500].Zip(Point(0.45f), (center, noise) => center + noise)]));
        await using var engine = await new RecommenderBuilder().UseExtractor(new VectorExtractor(16)).WithoutReduction().WithoutClusters()
            .LearnCategories().BuildAsync(Catalog(photos), cancellationToken: Token);
        var report = engine.Categories!;
        Assert.Equal((500, 2500), (report.Categories.Count, report.LabeledRows));
        Assert.InRange(report.HeldOutAccuracy, 0.7, 1);
        Assert.InRange(report.TrainingAccuracy, report.HeldOutAccuracy, 1);
    }

    [Fact]
    public async Task EvaluateLeaveOneOutAsync_FewQueries_LearnsFromTheOthersToo()
    {
        await using var engine = await LearnAsync(Products);
        var report = await engine.EvaluateLeaveOneOutAsync(new() { MaxQueries = 8, TimedQueries = 0 }, cancellationToken: Token);
        Assert.Equal(8, report.Queries);
        // Of eight items alone, two of each category, a classifier is sure of nothing.
        Assert.All(report.PerQuery, query => Assert.InRange(query.PredictedProbability!.Value, 0.7, 1));
    }
}
