using ImageRec.Contracts;
using ImageRec.Evaluation;
using ImageRec.Features;
using ImageRec.Tests.Engine;
using ImageRec.Tests.Features;

namespace ImageRec.Tests.Evaluation;

public class ExperimentTests : EngineTest
{
    private static readonly ImageCatalog<Product> Shop = Catalog(Product.Cloud(80));
    private static readonly ImageCatalog<Product> Queries =
        Catalog(Product.Cloud(110).Skip(80).Select(p => p with { Sku = "query-" + p.Sku }));

    private string Cache => Path.Combine(Folder, "features.cache");

    [Fact]
    public async Task RunAsync_Grid_BuildsEveryCombinationAndComputesEachPictureOnce()
    {
        var extractor = new VectorExtractor();
        var grid = Grid(extractor, ExperimentAxis.Pca([0, 2, 3], [0, -1]), ExperimentAxis.Clusters(2, 4));
        var table = await grid.RunAsync(Shop, Queries, new() { Compare = "precision@5" }, cancellationToken: Token);
        Assert.Equal(10, table.Rows.Count);
        Assert.Equal(110, extractor.Computed.Count);
        Assert.All(table.Rows, row => Assert.Null(row.Error));
        Assert.Equal(["vector", "all", "", "2"], table.Rows[0].Settings.Values);
        Assert.Equal(["vector", "3", "-1", "4"], table.Rows[^1].Settings.Values);
        Assert.Equal((0d, null), (table.Rows[0].Difference, table.Rows[0].PValue));
        Assert.All(table.Rows.Skip(1), row => Assert.InRange(row.PValue!.Value, 0, 1));
        // Clusters do not change the ranking.
        Assert.Equal((0d, 1d), (table.Rows[1].Difference, table.Rows[1].PValue));
        Assert.Equal(8, table.Rows[2].BytesPerItem);
        var expected = table.Rows[3].Metrics["precision@5"].Value - table.Rows[0].Metrics["precision@5"].Value;
        Assert.Equal(expected, table.Rows[3].Difference!.Value, 1e-9);
    }

    [Fact]
    public async Task RunAsync_SameAsOneEngine_GivesItsFigures()
    {
        var table = await Grid(new VectorExtractor(), ExperimentAxis.Pca([0])).RunAsync(Shop, Queries, cancellationToken: Token);
        await using var engine = await new RecommenderBuilder().UseExtractor(new VectorExtractor()).WithoutReduction()
            .BuildAsync(Shop, cancellationToken: Token);
        Assert.Equal((await engine.EvaluateAsync(Queries, cancellationToken: Token)).Metrics, table.Rows.Single().Metrics);
    }

    [Fact]
    public async Task RunAsync_JoinedNetworks_GivesTheFiguresOfAnEngineThatJoinsThem()
    {
        var items = Enumerable.Range(0, 24).ToCatalog(id => $"{id}", id => SamplePictures.Drawn(id), id => $"{id % 3}");
        var queries = Enumerable.Range(24, 9).ToCatalog(id => $"{id}", id => SamplePictures.Drawn(id), id => $"{id % 3}");
        var grid = new ExperimentGrid
        {
            Extractors = [ExperimentExtractor.Joined((Network("relu1"), 1), (Network("row"), 0.5f))],
            Axes = [ExperimentAxis.Pca([4])],
        };

        var row = (await grid.RunAsync(items, queries, cancellationToken: Token)).Rows.Single();
        await using var engine = await new RecommenderBuilder().UseOnnx(Network("relu1")).AndOnnx(Network("row"), 0.5f).ReduceWithPca(4)
            .BuildAsync(items, cancellationToken: Token);

        Assert.Null(row.Error);
        Assert.Equal("tiny + 0.5 tiny", row.Settings["extractor"]);
        // Four dimensions of each network: they were reduced by themselves.
        Assert.Equal((8 * sizeof(float), 8), (row.BytesPerItem, engine.Dimensions));
        Assert.Equal((await engine.EvaluateAsync(queries, cancellationToken: Token)).Metrics, row.Metrics);

        static OnnxModel Network(string output) => new(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32, Output = output };
    }

    [Fact]
    public void Joined_OneNetworkOrNoWeight_SaysWhatToGive()
    {
        Assert.Throws<ArgumentException>(() => ExperimentExtractor.Joined((OnnxModel.Compact, 1)));
        Assert.Throws<ArgumentException>(() => ExperimentExtractor.Joined((OnnxModel.Compact, 1), (OnnxModel.Compact, 0)));
    }

    [Fact]
    public async Task RunAsync_NoQueries_HoldsEveryItemOutOnce()
    {
        var table = await Grid(new VectorExtractor()).RunAsync(Shop, options: new() { Folds = 4 }, cancellationToken: Token);
        Assert.Equal(Shop.Entries.Select(e => e.Id).Order(), table.Rows.Single().PerQuery.Select(q => q.Id).Order());
        // Groups of nearly equal rows make folds a little uneven.
        Assert.All(table.Rows.Single().PerQuery, q => Assert.InRange(q.Candidates, 55, 65));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RunAsync_NoQueriesAndSeveralPhotosOfEachProduct_KeepsThemTogether(bool named)
    {
        // Four photos of each of 60 products whose types are drawn at random: only photos of the same product reveal them.
        var random = new Random(4);
        var photos = Enumerable.Range(0, 60).SelectMany(product =>
        {
            float[] look = [.. Enumerable.Range(0, 12).Select(_ => random.NextSingle() - 0.5f)];
            var type = $"type-{random.Next(4)}";
            float[] View() => [.. look.Select(value => value + (0.02f * (random.NextSingle() - 0.5f)))];
            return Enumerable.Range(0, 4).Select(view => new Product($"{product}/{view}", type, 0, View())).ToArray();
        }).ToList();
        var catalog = photos.ToCatalog(p => p.Sku, p => p.Picture, p => p.Type, group: named ? p => p.Sku.Split('/')[0] : null);
        var table = await Grid(new VectorExtractor(12), ExperimentAxis.Pca([0]))
            .RunAsync(catalog, options: new() { Folds = 4 }, cancellationToken: Token);
        Assert.Null(table.Rows.Single().Error);
        Assert.InRange(table.Rows.Single().Metrics["precision@1"].Value, 0, 0.5);
        Assert.All(table.Rows.Single().PerQuery, q => Assert.DoesNotContain(q.Answers, a => a.Id.Split('/')[0] == q.Id.Split('/')[0]));
    }

    [Fact]
    public async Task RunAsync_FailingCells_AreRowsAndTheGridGoesOn()
    {
        var grid = new ExperimentGrid
        {
            Extractors =
            [
                new("missing", () => throw new OnnxModelException("There is no file 'missing.onnx'.")),
                new("vector", () => new VectorExtractor()),
            ],
            Axes =
            [
                ExperimentAxis.Pca([9, 2]),
                ExperimentAxis.Of("mood", ("good", _ => { }), ("bad", _ => throw new InvalidOperationException("a bad mood"))),
            ],
        };
        var table = await grid.RunAsync(Shop, Queries, cancellationToken: Token);
        Assert.Equal(8, table.Rows.Count);
        Assert.All(table.Rows.Take(4), row => Assert.Contains("missing.onnx", row.Error, StringComparison.Ordinal));
        Assert.Contains("9", table.Rows[4].Error, StringComparison.Ordinal);
        Assert.Null(table.Rows[6].Error);
        Assert.Equal(0, table.Rows[6].Difference);
        Assert.Equal("a bad mood", table.Rows[7].Error);
        Assert.Contains("failed: a bad mood", table.ToMarkdown(), StringComparison.Ordinal);
        Assert.Equal(9, table.ToCsv().Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task RunAsync_StoppedAndRunAgain_ComputesOnlyWhatIsMissing()
    {
        using var stop = new CancellationTokenSource();
        var slow = new VectorExtractor { BeforeBatch = done => { if (done >= 40) stop.Cancel(); } };
        var grid = Grid(slow, ExperimentAxis.Pca([2, 3]));
        var options = new ExperimentOptions { CacheFile = Cache };
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grid.RunAsync(Shop, Queries, options, cancellationToken: stop.Token));
        var before = slow.Computed.Count;
        Assert.InRange(before, 1, 100);
        var again = new VectorExtractor();
        var table = await Grid(again, ExperimentAxis.Pca([2, 3])).RunAsync(Shop, Queries, options, cancellationToken: Token);
        Assert.Equal(110 - before, again.Computed.Count);
        var fresh = await Grid(new VectorExtractor(), ExperimentAxis.Pca([2, 3])).RunAsync(Shop, Queries, cancellationToken: Token);
        Assert.Equal(fresh.Rows.Select(r => r.Metrics["map"]), table.Rows.Select(r => r.Metrics["map"]));
    }

    [Fact]
    public async Task RunAsync_Categories_AreLearnedOrNot()
    {
        var learners = ExperimentAxis.Categories([null, CategoryTrainer.MaximumEntropy], [0.5f, null]);
        var table = await Grid(new VectorExtractor(), ExperimentAxis.Pca([0]), learners).RunAsync(Shop, Queries, cancellationToken: Token);
        var settings = table.Rows.Select(r => $"{r.Settings["learner"]} {r.Settings["fusion weight"]}".Trim());
        Assert.Equal(["none", "MaximumEntropy 0.5", "MaximumEntropy found"], settings);
        Assert.All(table.Rows, r => Assert.Null(r.Error));
        Assert.Contains("max-entropy", table.Rows[1].Pipeline, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RunAsync_BadOptions_Throws()
    {
        var grid = Grid(new VectorExtractor());
        Task Run(ExperimentOptions options) => grid.RunAsync(Shop, Queries, options, cancellationToken: Token);
        await Assert.ThrowsAsync<ArgumentException>(() => Run(new() { Compare = "beauty" }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Run(new() { Folds = 1 }));
        await Assert.ThrowsAsync<ArgumentException>(() => new ExperimentGrid { Extractors = [] }.RunAsync(Shop, cancellationToken: Token));
        File.WriteAllText(Cache, new string('x', 2000));
        await Assert.ThrowsAsync<CatalogFileException>(() => Run(new() { CacheFile = Cache }));
    }

    [Fact]
    public void ToCsv_TextsWithCommasAndQuotes_AreQuoted()
    {
        var row = new ExperimentRow(new Dictionary<string, string> { ["name"] = "a, \"b\"" }) { Error = "one\ntwo | three" };
        var table = new ExperimentTable("map", [row]);
        Assert.Contains("\"a, \"\"b\"\"\"", table.ToCsv(), StringComparison.Ordinal);
        Assert.Contains("one two \\| three", table.ToMarkdown(), StringComparison.Ordinal);
    }

    private static ExperimentGrid Grid(IFeatureExtractor extractor, params ExperimentAxis[] axes) =>
        new() { Extractors = [new ExperimentExtractor("vector", () => extractor)], Axes = axes };
}
