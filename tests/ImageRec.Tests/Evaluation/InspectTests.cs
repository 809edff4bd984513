using ImageRec.Evaluation;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Tests.Engine;
using ImageRec.Vectors;

namespace ImageRec.Tests.Evaluation;

public class InspectTests : EngineTest
{
    [Fact]
    public async Task EvaluateClustersAsync_ClearGroups_FindsThemPureAndApart()
    {
        await using var engine = await BuildAsync(Product.Cloud(200));
        var report = await engine.EvaluateClustersAsync(new() { ElbowOver = [1, 2, 4, 8] }, cancellationToken: Token);
        Assert.Equal((4, 0, 200), (report.Clusters, report.Empty, report.Items));
        Assert.InRange(report.Purity, 0.8, 1);
        Assert.InRange(report.NormalizedMutualInformation, 0.6, 1);
        Assert.InRange(report.Silhouette, 0.3, 1);
        Assert.InRange(report.DaviesBouldin, 0, 1.5);
        Assert.InRange(report.Inertia, 0, (await engine.GetClustersAsync(Token)).Sum(c => c.Inertia) + 1e-3);
        Assert.Equal([1, 2, 4, 8], report.Elbow.Select(p => p.Clusters));
        Assert.Equal(report.Elbow.Select(p => p.Inertia).OrderDescending(), report.Elbow.Select(p => p.Inertia));
        // The elbow's four clusters are the engine's four, measured alike.
        Assert.Equal(report.Inertia, report.Elbow[2].Inertia, 0.2);
        Assert.Equal(report.Purity, report.Elbow[2].Purity, 0.1);
        Assert.True(double.IsNaN(report.Elbow[0].Silhouette));
    }

    [Fact]
    public async Task EvaluateClustersAsync_NoCategories_LeavesTheirFiguresOut()
    {
        await using var engine = await BuildAsync(Product.Cloud(60).Select(p => p with { Type = null }));
        var report = await engine.EvaluateClustersAsync(new() { MaxItems = 40 }, cancellationToken: Token);
        Assert.True(double.IsNaN(report.Purity) && double.IsNaN(report.NormalizedMutualInformation));
        Assert.Equal(40, report.Items);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            () => engine.EvaluateClustersAsync(new() { ElbowOver = [0] }, cancellationToken: Token));
    }

    [Fact]
    public async Task EvaluateIndexAsync_ExactSearch_FindsAll()
    {
        await using var engine = await BuildAsync(Product.Cloud(150));
        var report = await engine.EvaluateIndexAsync(cancellationToken: Token);
        Assert.Equal(1, report.Recall.Value);
        Assert.Equal(("cosine", 10, 150), (report.Recommender, report.Neighbors, report.Items));
        Assert.True(report.LargestHub >= 10 && report.LargestHubId is not null);
        Assert.InRange(report.Hubness, -1, 3);
        Assert.InRange(report.NeverFound, 0, 0.5);
    }

    [Fact]
    public async Task EvaluateIndexAsync_SearchThatMissesTheBest_SaysHowMuch()
    {
        var builder = Builder().UseRecommender(() => new Forgetful(), "forgetful");
        await using var engine = await builder.BuildAsync(Catalog(Product.Cloud(150)), cancellationToken: Token);
        Assert.Equal(0.8, (await engine.EvaluateIndexAsync(cancellationToken: Token)).Recall.Value, 0.03);
    }

    [Fact]
    public async Task EvaluateIndexAsync_OneItemNearAll_IsTheHub()
    {
        // Spokes at right angles have nothing in common but the hub.
        float[] Spoke(int i) => [.. Enumerable.Range(0, 8).Select(j => i == j ? 1f : 0)];
        var spokes = Enumerable.Range(0, 8).Select(i => new Product($"spoke-{i}", null, 0, Spoke(i)));
        var hub = new Product("hub", null, 0, [1, 1, 1, 1, 1, 1, 1, 1]);
        await using var engine = await BuildAsync(spokes.Append(hub), extractor: new VectorExtractor(8));
        var report = await engine.EvaluateIndexAsync(new() { Neighbors = 1 }, cancellationToken: Token);
        Assert.Equal(("hub", 8), (report.LargestHubId, report.LargestHub));
        Assert.True(report.Hubness > 1.5);
        Assert.Equal(7 / 9.0, report.NeverFound, 1e-12);
    }

    [Fact]
    public async Task CheckDataAsync_PlantedFaults_FindsEach()
    {
        var good = Product.Cloud(200, dimensions: 6);
        var mislabeled = good[0] with { Sku = "mislabeled", Type = "type-3", Vector = [.. good[0].Vector.Select((v, i) => v + 0.05f * i)] };
        var near = good[1] with { Sku = "near", Vector = [.. good[1].Vector.Select(v => v * 1.5f)] };
        var opposite = good.Select(p => p.Vector).Aggregate(new float[6], (sum, v) => [.. sum.Zip(v, (a, b) => a - b)]);
        var strange = new Product("strange", "type-1", 0, opposite);
        Product[] products = [.. good, good[2] with { Sku = "copy" }, mislabeled, near, strange];
        await using var engine = await BuildAsync(products, extractor: new VectorExtractor(6));
        var report = await engine.CheckDataAsync(new() { NearDuplicateScore = 0.99999f }, cancellationToken: Token);
        Assert.Equal([good[2].Sku, "copy"], Assert.Single(report.ExactDuplicates));
        Assert.Contains(report.NearDuplicates, n => n is { SecondId: "near" } && n.FirstId == good[1].Sku && n.Score > 0.99999f);
        Assert.DoesNotContain(report.NearDuplicates, n => n.SecondId == "copy");
        Assert.Equal("strange", report.Outliers[0].Id);
        Assert.True(report.Outliers[0].Deviations > 3.5);
        var suspect = report.SuspectLabels[0];
        Assert.Equal(("mislabeled", "type-3", "type-0"), (suspect.Id, suspect.Category, suspect.Suggested));
        Assert.InRange(suspect.Share, 0.8, 1);
        Assert.Equal(204, report.Items);
    }

    [Fact]
    public async Task CheckDataAsync_OneItem_FindsNothing()
    {
        await using var engine = await BuildAsync(Product.Cloud(1));
        var report = await engine.CheckDataAsync(cancellationToken: Token);
        Assert.Empty(report.ExactDuplicates);
        Assert.Empty(report.NearDuplicates);
        Assert.Empty(report.Outliers);
        Assert.Empty(report.SuspectLabels);
        Task Check(DataCheckOptions options) => engine.CheckDataAsync(options, cancellationToken: Token);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Check(new() { NearDuplicateScore = 2 }));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Check(new() { SuspectShare = 0 }));
    }

    /// <summary>An approximate search that never finds the best two.</summary>
    private sealed class Forgetful : IRecommender
    {
        private readonly CosineRecommender _exact = new();

        public string Name => "forgetful";

        public int Count => _exact.Count;

        public ValueTask UpsertAsync(ReadOnlyMemory<int> keys, FeatureMatrix unitRows, CancellationToken cancellationToken = default) =>
            _exact.UpsertAsync(keys, unitRows, cancellationToken);

        public ValueTask RemoveAsync(ReadOnlyMemory<int> keys, CancellationToken cancellationToken = default) =>
            _exact.RemoveAsync(keys, cancellationToken);

        public async ValueTask<int> SearchAsync(
            ReadOnlyMemory<float> unitQuery, Memory<Neighbor> best, RowFilter? filter = null, float minScore = -1,
            CancellationToken cancellationToken = default)
        {
            var more = new Neighbor[best.Length + 2];
            var found = await _exact.SearchAsync(unitQuery, more, filter, minScore, cancellationToken);
            more.AsMemory(2, Math.Max(0, found - 2)).CopyTo(best);
            return Math.Max(0, found - 2);
        }

        public ValueTask<bool> TryGetRowAsync(int key, Memory<float> row, CancellationToken cancellationToken = default) =>
            _exact.TryGetRowAsync(key, row, cancellationToken);

        public ValueTask DisposeAsync() => _exact.DisposeAsync();
    }
}
