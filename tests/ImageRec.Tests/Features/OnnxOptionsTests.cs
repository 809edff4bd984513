using ImageRec.Contracts;
using ImageRec.Features;
using Microsoft.ML.OnnxRuntime;

namespace ImageRec.Tests.Features;

public sealed class OnnxOptionsTests
{
    private static readonly ImageLimits s_strict = new() { MaxPixels = 100 };

    private static OnnxModel Layers => new OnnxModel(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32 };

    [Fact]
    public async Task UseOnnx_OptionsWithoutLimits_KeepsThoseOfTheBuilder()
    {
        Assert.False(await IsAcceptedAsync(s_strict, o => o.Threads = 1));
        Assert.False(await IsAcceptedAsync(s_strict, null));
        Assert.True(await IsAcceptedAsync(ImageLimits.Default, o => o.Threads = 1));
    }

    [Fact]
    public async Task UseOnnx_OptionsWithLimits_TakesThese()
    {
        Assert.True(await IsAcceptedAsync(s_strict, o => o.Limits = ImageLimits.Default));
        Assert.False(await IsAcceptedAsync(ImageLimits.Default, o => o.Limits = s_strict));
    }

    [Fact]
    public void Limits_Unset_AreTheDefaults() => Assert.Equal(ImageLimits.Default, new OnnxOptions().Limits);

    [Fact]
    public void UseOnnx_OptionOutOfRange_ThrowsAtOnce()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecommenderBuilder().UseOnnx(Layers, o => o.Threads = 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecommenderBuilder().UseOnnx(Layers, o => o.Batch = -1));
    }

    [Fact]
    public async Task ConfigureNetwork_Opening_RunsTheStoredNetworkWithTheOptions()
    {
        var folder = Directory.CreateTempSubdirectory("imagerec-test-");
        var file = Path.Combine(folder.FullName, "shop.imagerec");
        var items = new[] { "a" }.ToCatalog(id => id, _ => SamplePictures.Drawn(1));
        await (await new RecommenderBuilder().UseOnnx(Layers).WithoutReduction()
            .BuildAsync(items, file, cancellationToken: TestContext.Current.CancellationToken)).DisposeAsync();
        var sessions = 0;

        await using (await new RecommenderBuilder().ConfigureNetwork(o => o.ConfigureSession = _ => sessions++)
            .OpenAsync<string>(file, TestContext.Current.CancellationToken))
        {
        }

        Assert.Equal(1, sessions);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task ConfigureNetwork_WithoutUseOnnx_IsOfTheNetworkInside()
    {
        var sessions = 0;
        await using var engine = await new RecommenderBuilder().ConfigureNetwork(o => o.ConfigureSession = _ => sessions++).BuildAsync(
            new[] { "a" }.ToCatalog(id => id, _ => SamplePictures.Drawn(1)), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(1, sessions);
    }

    [Fact]
    public void ConfigureNetwork_Twice_NamesBothPlaces()
    {
        var error = Assert.Throws<InvalidOperationException>(
            () => new RecommenderBuilder().UseOnnx(Layers, o => o.Threads = 1).ConfigureNetwork(o => o.Threads = 2));

        Assert.Equal("The configuration of the network is set twice: UseOnnx, then ConfigureNetwork. Keep one of them.", error.Message);
    }

    [Fact]
    public async Task ConfigureNetwork_WithAnExtractorOfOnesOwn_IsRefused()
    {
        using var extractor = Layers.CreateExtractor();
        var builder = new RecommenderBuilder().UseExtractor(extractor).ConfigureNetwork(o => o.Threads = 2);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => builder.BuildAsync(
            new[] { "a" }.ToCatalog(id => id, _ => SamplePictures.Drawn(1)), cancellationToken: TestContext.Current.CancellationToken));

        Assert.Contains(extractor.Name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ConfigureNetwork_OptionOutOfRange_ThrowsAtOnce() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RecommenderBuilder().ConfigureNetwork(o => o.Threads = 0));

    [Fact]
    public async Task UseOnnx_ModelChangedAfterwards_KeepsWhatItWasGiven()
    {
        var model = Layers;
        model.Output = "relu1";
        var builder = new RecommenderBuilder().UseOnnx(model).WithoutReduction();
        model.Output = "there is no such tensor";

        await using var engine = await builder.BuildAsync(
            new[] { "a" }.ToCatalog(id => id, _ => SamplePictures.Drawn(1)), cancellationToken: TestContext.Current.CancellationToken);

        Assert.StartsWith("tiny/relu1(", engine.Describe(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task CreateExtractor_WithOptions_ComputesTheEmbeddingsOfTheEngine()
    {
        using var extractor = Layers.CreateExtractor(o => o.Threads = 1);
        var row = new float[extractor.Dimensions];

        Assert.Empty(await extractor.ExtractAsync([SamplePictures.Drawn(3)], row, TestContext.Current.CancellationToken));

        Assert.Equal(await NetworkRows.RowAsync(Layers, SamplePictures.Drawn(3)), row);
        Assert.Throws<ArgumentOutOfRangeException>(() => Layers.CreateExtractor(o => o.Threads = 0));
    }

    [Fact]
    public void ConfigureSession_ProviderThatTheLibraryLacks_NamesThePackageAndTheLine()
    {
        Assert.SkipWhen(OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"), "This library has it.");

        var error = Assert.Throws<OnnxModelException>(
            () => new OnnxFeatureExtractor(Layers, new() { ConfigureSession = options => options.AppendExecutionProvider_CUDA() }));

        Assert.Contains("<PackageReference Include=\"Microsoft.ML.OnnxRuntime.Gpu\"", error.Message, StringComparison.Ordinal);
        Assert.Contains(
            "<PackageReference Include=\"Microsoft.ML.OnnxRuntime\" ExcludeAssets=\"native;build;buildTransitive;runtime\"",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void ConfigureSession_ProviderByAnUnknownName_IsAnOnnxModelException() =>
        Assert.Throws<OnnxModelException>(
            () => new OnnxFeatureExtractor(Layers, new() { ConfigureSession = options => options.AppendExecutionProvider("Abacus") }));

    [Fact]
    public void ConfigureSession_Throws_PassesTheCallersOwnException() =>
        Assert.Throws<DivideByZeroException>(
            () => new OnnxFeatureExtractor(Layers, new() { ConfigureSession = _ => throw new DivideByZeroException() }));

    private static async Task<bool> IsAcceptedAsync(ImageLimits builders, Action<OnnxOptions>? configure)
    {
        try
        {
            await using var engine = await new RecommenderBuilder { Limits = builders }.UseOnnx(Layers, configure).WithoutReduction()
                .BuildAsync(
                    new[] { "a" }.ToCatalog(id => id, _ => SamplePictures.Drawn(1)),
                    cancellationToken: TestContext.Current.CancellationToken);
            return true;
        }
        catch (CatalogException)
        {
            return false;
        }
    }
}
