using System.Text;
using ImageRec.Evaluation;
using ImageRec.Tests.Engine;

namespace ImageRec.Tests.Evaluation;

public class EvaluateTests : EngineTest
{
    private static readonly List<Product> Shop =
    [
        new("a", "x", 1, [1, 0, 0]),
        new("b", "x", 1, [0.9f, 0.1f, 0]),
        new("c", "y", 1, [0.8f, 0.3f, 0]),
        new("d", "x", 1, [0.5f, 0.8f, 0]),
        new("e", "y", 1, [0, 0, 1]),
    ];

    [Fact]
    public async Task EvaluateAsync_OneQueryByHand_GivesEveryFigure()
    {
        await using var engine = await BuildAsync(Shop);
        // The ranking is a, b, c, d, e: relevant at ranks 1, 2 and 4 of five.
        var queries = Catalog([new("q", "x", 0, [2, 0.01f, 0])]);
        var report = await engine.EvaluateAsync(queries, new() { Cutoffs = [3, 1, 10] }, cancellationToken: Token);
        Assert.Equal([1, 3, 10], report.Cutoffs);
        Assert.Equal(1, report.PrecisionAt(1).Value);
        Assert.Equal(2 / 3.0, report.PrecisionAt(3).Value, 1e-12);
        Assert.Equal(3 / 5.0, report.PrecisionAt(10).Value, 1e-12);
        Assert.Equal(2 / 3.0, report.RecallAt(3).Value, 1e-12);
        Assert.Equal(1, report.HitRateAt(1).Value);
        Assert.Equal((1 + 1 + 3 / 4.0) / 3, report.MeanAveragePrecision.Value, 1e-12);
        Assert.Equal((1 + 1 / Math.Log2(3)) / (1 + 1 / Math.Log2(3) + 0.5), report.NdcgAt(3).Value, 1e-12);
        Assert.Equal(1, report.Accuracy.Value);
        Assert.Equal(["a", "b", "c", "d", "e"], report.PerQuery.Single().Answers.Select(a => a.Id));
        Assert.True(report.MillisecondsPerQuery > 0);
        Assert.Contains(report.Notes, n => n.Contains("figures at 10", StringComparison.Ordinal));
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => report.PrecisionAt(5));
        Assert.Contains("Measured at 1, 3, 10", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvaluateLeaveOneOutAsync_ItemsAndCopies_FindsNeitherItselfNorItsCopies()
    {
        var copies = Shop.Append(Shop[0] with { Sku = "a-again" }).ToList();
        await using var engine = await BuildAsync(copies);
        var report = await engine.EvaluateLeaveOneOutAsync(cancellationToken: Token);
        Assert.True(report.IsLeaveOneOut);
        Assert.Equal(copies.Count, report.Queries);
        var a = report.PerQuery.Single(q => q.Id == "a");
        Assert.Equal(4, a.Candidates);
        Assert.DoesNotContain(a.Answers, answer => answer.Id is "a" or "a-again");
        var withCopies = await engine.EvaluateLeaveOneOutAsync(new() { IncludeCopies = true }, cancellationToken: Token);
        Assert.Equal("a-again", withCopies.PerQuery.Single(q => q.Id == "a").Answers[0].Id);
    }

    [Fact]
    public async Task EvaluateAsync_QueryIsACopy_LeavesTheItemOutAndSaysSo()
    {
        await using var engine = await BuildAsync(Shop);
        var report = await engine.EvaluateAsync(Catalog([Shop[0] with { Sku = "q" }]), cancellationToken: Token);
        Assert.Equal("b", report.PerQuery.Single().Answers[0].Id);
        Assert.Contains(report.Notes, n => n.StartsWith("For 1 of 1 queries, items with the same bytes", StringComparison.Ordinal));
    }

    [Fact]
    public async Task EvaluateAsync_Cloud_AgreesWithAPlainDoubleLoop()
    {
        var (items, queries) = (Product.Cloud(120), Product.Cloud(150).Skip(120).ToList());
        await using var engine = await BuildAsync(items);
        var report = await engine.EvaluateAsync(Catalog(queries), cancellationToken: Token);
        double precision = 0, map = 0;
        foreach (var query in queries)
        {
            var ranked = items.Select((item, i) => (item, i, Cosine: Cosine(item.Vector, query.Vector)))
                .OrderByDescending(x => x.Cosine).ThenBy(x => x.i).Select(x => x.item.Type == query.Type).ToArray();
            precision += ranked.Take(5).Count(r => r) / 5.0 / queries.Count;
            map += ranked.Index().Where(r => r.Item).Select((r, hits) => (hits + 1.0) / (r.Index + 1)).Average() / queries.Count;
        }
        Assert.Equal(precision, report.PrecisionAt(5).Value, 1e-9);
        Assert.Equal(map, report.MeanAveragePrecision.Value, 1e-9);
        Assert.InRange(map, report.MeanAveragePrecision.Low, report.MeanAveragePrecision.High);
        Assert.Equal(report.Confusion.Accuracy, report.Accuracy.Value, 1e-12);
    }

    [Fact]
    public async Task EvaluateLeaveOneOutAsync_SameSeed_RepeatsEveryFigure()
    {
        await using var engine = await BuildAsync(Product.Cloud(120));
        var options = new EvaluationOptions { MaxQueries = 30, TimedQueries = 0 };
        var first = await engine.EvaluateLeaveOneOutAsync(options, cancellationToken: Token);
        var second = await engine.EvaluateLeaveOneOutAsync(options, cancellationToken: Token);
        Assert.Equal(30, first.Queries);
        Assert.Equal(first.Metrics, second.Metrics);
        Assert.Equal(0, first.MillisecondsPerQuery);
        options.Seed = 2;
        var other = await engine.EvaluateLeaveOneOutAsync(options, cancellationToken: Token);
        Assert.NotEqual(first.PerQuery.Select(q => q.Id), other.PerQuery.Select(q => q.Id));
    }

    [Fact]
    public async Task EvaluateAsync_QueriesWithoutCategory_SaysWhatToDo()
    {
        await using var engine = await BuildAsync(Shop);
        var queries = Catalog([new("q", null, 0, [1, 0, 0])]);
        var error = await Assert.ThrowsAsync<CatalogException>(() => engine.EvaluateAsync(queries, cancellationToken: Token));
        Assert.Contains("folders named after their categories", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvaluateAsync_UnknownCategory_SkipsTheQueryOrSaysWhichThereAre()
    {
        await using var engine = await BuildAsync(Shop);
        Product stranger = new("q1", "z", 0, [1, 0, 0]);
        var queries = Catalog([stranger, new("q2", "x", 0, [1, 0, 0.1f]), new("q3", null, 0, [1, 0, 0.2f])]);
        var report = await engine.EvaluateAsync(queries, cancellationToken: Token);
        Assert.Equal("q2", report.PerQuery.Single().Id);
        Assert.Equal(["q1", "q3"], report.Skipped.Keys);
        Assert.Contains("'z'", report.Skipped["q1"], StringComparison.Ordinal);
        var error = await Assert.ThrowsAsync<CatalogException>(() => engine.EvaluateAsync(Catalog([stranger]), cancellationToken: Token));
        Assert.Contains("'z'", error.Message, StringComparison.Ordinal);
        Assert.Contains("'x', 'y'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EvaluateAsync_UnreadableQuery_CountsTheOthers()
    {
        await using var engine = await BuildAsync(Shop);
        var queries = new[] { "1 0 0.1", "broken", "0 1 0", "NaN 0 1" }
            .ToCatalog(text => text, text => ImageSource.FromBytes(Encoding.UTF8.GetBytes(text)), _ => "x");
        var report = await engine.EvaluateAsync(queries, cancellationToken: Token);
        Assert.Equal(["1 0 0.1", "0 1 0"], report.PerQuery.Select(q => q.Id));
        Assert.Equal(["broken", "NaN 0 1"], report.Skipped.Keys);
    }

    [Fact]
    public async Task EvaluateLeaveOneOutAsync_CategoriesOfOneItem_SaysWhyNothingCounts()
    {
        await using var engine = await BuildAsync([new("a", "x", 1, [1, 0, 0]), new("b", "y", 1, [0, 1, 0])]);
        var error = await Assert.ThrowsAsync<CatalogException>(() => engine.EvaluateLeaveOneOutAsync(cancellationToken: Token));
        Assert.Contains("No other image", error.Message, StringComparison.Ordinal);
        await using var bare = await BuildAsync([new("a", null, 1, [1, 0, 0])]);
        error = await Assert.ThrowsAsync<CatalogException>(() => bare.EvaluateLeaveOneOutAsync(cancellationToken: Token));
        Assert.Contains("has a category", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EvaluateLeaveOneOutAsync_EqualScoresAndCopies_AgreesWithSortedRankings(bool includeCopies)
    {
        // Lengths that are powers of two: rows of one direction are the same to the last bit, their bytes are not.
        var random = new Random(4);
        List<Product> items =
        [
            .. Enumerable.Range(0, 200).Select(i =>
            {
                var (x, length) = (random.Next(1, 12), MathF.Pow(2, random.Next(4)));
                return new Product($"sku-{i}", random.Next(8) == 0 ? null : $"type-{random.Next(3)}", 0, [length, x * length, 3 * length]);
            }),
        ];
        await using var engine = await BuildAsync(items);
        var options = new EvaluationOptions { IncludeCopies = includeCopies, TimedQueries = 0 };
        var report = await engine.EvaluateLeaveOneOutAsync(options, cancellationToken: Token);
        var rows = await engine.RowsOfAsync(engine.Records(), Token);
        foreach (var query in report.PerQuery)
        {
            var asked = int.Parse(query.Id[4..], System.Globalization.CultureInfo.InvariantCulture);
            var ranked = Enumerable.Range(0, items.Count)
                .Where(i => i != asked && (includeCopies || !items[i].Vector.SequenceEqual(items[asked].Vector)))
                .OrderByDescending(i => System.Numerics.Tensors.TensorPrimitives.Dot<float>(rows[asked], rows[i])).ThenBy(i => i).ToList();
            var right = ranked.ConvertAll(i => items[i].Type == query.Category);
            Assert.Equal((ranked.Count, right.Count(r => r)), (query.Candidates, query.RelevantItems));
            var expected = right.Index().Where(r => r.Item).Select((r, hits) => (hits + 1.0) / (r.Index + 1)).Average();
            Assert.Equal(expected, query.AveragePrecision, 1e-9);
        }
    }

    [Fact]
    public async Task EvaluateLeaveOneOutAsync_MoreItemsThanQueries_AsksEveryCategoryInItsShareAndSaysSo()
    {
        var items = Product.Cloud(240).Select((p, i) => i < 120 ? p with { Type = "half" } : p).ToList();
        await using var engine = await BuildAsync(items);
        var options = new EvaluationOptions { MaxQueries = 40, TimedQueries = 0 };
        var report = await engine.EvaluateLeaveOneOutAsync(options, cancellationToken: Token);
        Assert.Equal(40, report.Queries);
        Assert.Equal(20, report.PerQuery.Count(q => q.Category == "half"));
        Assert.All(report.PerQuery.Where(q => q.Category != "half").CountBy(q => q.Category), c => Assert.Equal(5, c.Value));
        Assert.Contains(report.Notes, n => n.StartsWith("A sample of 40 of 240 queries was asked", StringComparison.Ordinal));
        options.MaxQueries = 0;
        var all = await engine.EvaluateLeaveOneOutAsync(options, cancellationToken: Token);
        Assert.Equal(240, all.Queries);
        Assert.DoesNotContain(all.Notes, n => n.StartsWith("A sample", StringComparison.Ordinal));
        Assert.Equal(5000, new EvaluationOptions().MaxQueries);
    }

    [Fact]
    public async Task EvaluateLeaveOneOutAsync_BadOptions_Throws()
    {
        await using var engine = await BuildAsync(Shop);
        Task Evaluate(EvaluationOptions options) => engine.EvaluateLeaveOneOutAsync(options, cancellationToken: Token);
        await Assert.ThrowsAsync<ArgumentException>(() => Evaluate(new() { Cutoffs = [] }));
        await Assert.ThrowsAsync<ArgumentException>(() => Evaluate(new() { Cutoffs = [0] }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Evaluate(new() { Confidence = 1 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Evaluate(new() { MaxQueries = -1 }));
    }

    [Fact]
    public async Task EvaluateLeaveOneOutAsync_Canceled_Stops()
    {
        await using var engine = await BuildAsync(Shop);
        using var source = new CancellationTokenSource();
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.EvaluateLeaveOneOutAsync(cancellationToken: source.Token));
    }

    [Fact]
    public async Task EvaluateLeaveOneOutAsync_LearnedCatalog_HidesTheItemsOwnCategory()
    {
        // Categories drawn at random: whoever recognizes nearly all of them has read them off the items.
        var random = new Random(3);
        var items = Product.Cloud(200).Select(p => p with { Type = $"type-{random.Next(4)}" }).ToList();
        await using var engine = await Builder().LearnCategories().BuildAsync(Catalog(items), cancellationToken: Token);
        var report = await engine.EvaluateLeaveOneOutAsync(cancellationToken: Token);
        Assert.InRange(report.Accuracy.Value, 0.1, 0.6);
        Assert.InRange(report.PrecisionAt(5).Value, 0.1, 0.6);
        Assert.StartsWith("kernel-ridge", report.AccuracyBy, StringComparison.Ordinal);
        // Queries that are copies of items say no more.
        var copies = await engine.EvaluateAsync(Catalog(items.Select(p => p with { Sku = "copy-" + p.Sku })), cancellationToken: Token);
        Assert.InRange(copies.Accuracy.Value, 0.1, 0.6);
    }

    [Fact]
    public async Task EvaluateAsync_LearnedCatalog_CountsWhatItPredicts()
    {
        var (items, queries) = (Product.Cloud(160), Product.Cloud(200).Skip(160).ToList());
        await using var engine = await Builder().LearnCategories().BuildAsync(Catalog(items), cancellationToken: Token);
        var report = await engine.EvaluateAsync(Catalog(queries), cancellationToken: Token);
        var predicted = await engine.ClassifyManyAsync(queries.ConvertAll(q => q.Picture), Token);
        Assert.Equal(predicted.Select(p => p.Answers[0].Category), report.PerQuery.Select(q => q.PredictedCategory));
        Assert.All(predicted.Zip(report.PerQuery), both =>
            Assert.Equal(both.First.Answers[0].Probability, both.Second.PredictedProbability!.Value, 1e-4));
        Assert.InRange(report.CalibrationError!.Value, 0, 0.3);
        Assert.InRange(report.Accuracy.Value, 0.8, 1);
    }

    [Fact]
    public async Task EvaluateAsync_OptionsChangedMeanwhile_KeepsWhatItWasGiven()
    {
        await using var engine = await BuildAsync(Shop);
        var options = new EvaluationOptions { Cutoffs = [1] };
        var changes = new Reaction(() => (options.Voters, options.Cutoffs) = (3, []));
        var report = await engine.EvaluateAsync(Catalog([new("q", "x", 0, [2, 0.01f, 0])]), options, changes, Token);
        Assert.Equal(3, options.Voters);
        Assert.Equal("vote of the 10 nearest", report.AccuracyBy);
    }

    [Fact]
    public async Task ToString_Report_ListsEveryFigureWithItsInterval()
    {
        await using var engine = await BuildAsync(Shop);
        var report = await engine.EvaluateAsync(Catalog([new("q", "x", 0, [2, 0.01f, 0])]), cancellationToken: Token);
        var lines = report.ToString().Split(Environment.NewLine);
        Assert.StartsWith(engine.Describe(), lines[0], StringComparison.Ordinal);
        Assert.Equal(report.Metrics.Select(m => $"{m.Key,-14} {m.Value}"), lines[1..]);
        Assert.Contains("precision@1    1.000 [1.000, 1.000]", lines);
    }

    private static double Cosine(float[] a, float[] b) =>
        a.Zip(b, (x, y) => (double)x * y).Sum() / Math.Sqrt(a.Sum(x => (double)x * x) * b.Sum(x => (double)x * x));

    private sealed class Reaction(Action react) : IProgress<EvaluationProgress>
    {
        public void Report(EvaluationProgress value) => react();
    }
}
