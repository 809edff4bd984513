using ImageRec.Contracts;
using ImageRec.Features;
using Microsoft.ML.OnnxRuntime;

namespace ImageRec.Tests.Features;

public sealed class OnnxOptionsTests
{
    private static readonly ImageLimits s_strict = new() { MaxPixels = 100 };

    private static OnnxModel Layers => OnnxModel.FromBytes(TinyOnnx.Layers(32), "tiny") with { Width = 32, Height = 32 };

    [Fact]
    public async Task UseOnnx_OptionsWithoutLimits_KeepsThoseOfTheBuilder()
    {
        Assert.False(await IsAcceptedAsync(s_strict, new() { Threads = 1 }));
        Assert.False(await IsAcceptedAsync(s_strict, null));
        Assert.True(await IsAcceptedAsync(ImageLimits.Default, new() { Threads = 1 }));
    }

    [Fact]
    public async Task UseOnnx_OptionsWithLimits_TakesThese()
    {
        Assert.True(await IsAcceptedAsync(s_strict, new() { Limits = ImageLimits.Default }));
        Assert.False(await IsAcceptedAsync(ImageLimits.Default, new() { Limits = s_strict }));
    }

    [Fact]
    public void Limits_Unset_AreTheDefaults()
    {
        Assert.Equal(ImageLimits.Default, new OnnxOptions().Limits);
        Assert.Equal(s_strict, (new OnnxOptions { Limits = s_strict } with { Threads = 2 }).Limits);
    }

    [Fact]
    public void Configure_ProviderThatTheLibraryLacks_NamesThePackageAndTheLine()
    {
        Assert.SkipWhen(OrtEnv.Instance().GetAvailableProviders().Contains("CUDAExecutionProvider"), "This library has it.");

        var error = Assert.Throws<OnnxModelException>(() => new OnnxFeatureExtractor(Layers, new() { Configure = options => options.AppendExecutionProvider_CUDA() }));

        Assert.Contains("<PackageReference Include=\"Microsoft.ML.OnnxRuntime.Gpu\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("<PackageReference Include=\"Microsoft.ML.OnnxRuntime\" ExcludeAssets=\"native;build;buildTransitive;runtime\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_ProviderByAnUnknownName_IsAnOnnxModelException() =>
        Assert.Throws<OnnxModelException>(() => new OnnxFeatureExtractor(Layers, new() { Configure = options => options.AppendExecutionProvider("Abacus") }));

    [Fact]
    public void Configure_Throws_PassesTheCallersOwnException() =>
        Assert.Throws<DivideByZeroException>(() => new OnnxFeatureExtractor(Layers, new() { Configure = _ => throw new DivideByZeroException() }));

    private static async Task<bool> IsAcceptedAsync(ImageLimits builders, OnnxOptions? options)
    {
        try
        {
            await using var engine = await new RecommenderBuilder { Limits = builders }.UseOnnx(Layers, options).WithoutReduction()
                .BuildAsync(new[] { "a" }.ToCatalog(id => id, _ => SamplePictures.Drawn(1)), cancellationToken: TestContext.Current.CancellationToken);
            return true;
        }
        catch (CatalogException)
        {
            return false;
        }
    }
}
