using System.Numerics.Tensors;
using ImageRec.Contracts;
using ImageRec.Tests.Features;

namespace ImageRec.Tests.Engine;

/// <summary>Engines whose rows are those of two networks.</summary>
public sealed class JoinedNetworksTests : EngineTest
{
    private static readonly ImageCatalog<int> s_items =
        Enumerable.Range(0, 12).ToCatalog(id => $"{id}", id => SamplePictures.Drawn(id));

    [Fact]
    public async Task GetVectorAsync_OfTwoNetworks_IsTheirRowsByWeight()
    {
        await using var first = await Builder("relu1").BuildAsync(s_items, cancellationToken: Token);
        await using var second = await Builder("row").BuildAsync(s_items, cancellationToken: Token);
        await using var both = await Builder("relu1").AndOnnx(Network("row"), 0.5f).BuildAsync(s_items, cancellationToken: Token);

        var (a, b) = ((await first.GetVectorAsync("3", Token))!.Value, (await second.GetVectorAsync("3", Token))!.Value);
        float[] expected = [.. a.ToArray(), .. b.ToArray().Select(value => 0.5f * value)];
        var norm = TensorPrimitives.Norm<float>(expected);

        var joined = (await both.GetVectorAsync("3", Token))!.Value.ToArray();
        Assert.Equal(expected.Select(value => value / norm), joined, (x, y) => Math.Abs(x - y) < 1e-5);
        Assert.StartsWith("tiny/relu1 + tiny/row(", both.Describe(), StringComparison.Ordinal);
        Assert.Contains(" -> none + 0.5 none -> ", both.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task OpenAsync_FileOfTwoNetworks_AnswersAsBefore()
    {
        IReadOnlyList<Recommendation<int>> before;
        await using (var engine = await Joined(0.7f).BuildAsync(s_items, FilePath, cancellationToken: Token))
            before = await engine.RecommendAsync(SamplePictures.Drawn(40), count: 5);

        await using var opened = await new RecommenderBuilder().OpenAsync<int>(FilePath, Token);
        var after = await opened.RecommendAsync(SamplePictures.Drawn(40), count: 5);
        await opened.UpsertAsync(new[] { 50 }.ToCatalog(id => $"{id}", id => SamplePictures.Drawn(id)), cancellationToken: Token);

        Assert.Equal(before.Select(hit => (hit.Id, hit.Score)), after.Select(hit => (hit.Id, hit.Score)));
        Assert.Equal(13, opened.Count);
    }

    [Fact]
    public async Task BuildAsync_OnAFileWithOtherWeights_NamesBoth()
    {
        await (await Joined(0.7f).BuildAsync(s_items, FilePath, cancellationToken: Token)).DisposeAsync();

        var error = await Assert.ThrowsAsync<CatalogFileException>(
            () => Joined(0.5f).BuildAsync(s_items, FilePath, cancellationToken: Token));

        Assert.Contains("joined 1, 0.7", error.Message, StringComparison.Ordinal);
        Assert.Contains("joined 1, 0.5", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task BuildAsync_DimensionsOverThoseOfOneNetwork_SaysBoth()
    {
        var builder = new RecommenderBuilder().UseOnnx(Network("relu1")).AndOnnx(Network("row")).ReduceWithPca(100);

        var error = await Assert.ThrowsAsync<ArgumentException>(() => builder.BuildAsync(s_items, cancellationToken: Token));

        Assert.Contains("100 dimensions were asked for; the extractor's embeddings have 8", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void AndOnnx_WeightOutOfRange_ThrowsAtOnce(float weight) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecommenderBuilder().AndOnnx(Network("row"), weight));

    [Fact]
    public async Task AndOnnx_WithAnExtractorOfOnesOwn_IsRefused()
    {
        var builder = EngineTest.Builder().AndOnnx(Network("row"));

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => builder.BuildAsync(Catalog(Product.Cloud(5)), cancellationToken: Token));

        Assert.Contains("AndOnnx joins networks in ONNX files", error.Message, StringComparison.Ordinal);
    }

    private static RecommenderBuilder Joined(float weight) => Builder("relu1").AndOnnx(Network("row"), weight);

    private static RecommenderBuilder Builder(string output) =>
        new RecommenderBuilder().UseOnnx(Network(output)).WithoutReduction().WithoutClusters();

    private static OnnxModel Network(string output) => new(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32, Output = output };
}
