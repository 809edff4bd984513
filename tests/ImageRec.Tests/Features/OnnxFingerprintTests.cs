using System.Globalization;
using ImageRec.Contracts;
using ImageRec.Features;
using ImageRec.Tests.Engine;

namespace ImageRec.Tests.Features;

/// <summary>Fingerprints are alike under every culture, and those of earlier versions are known.</summary>
public sealed class OnnxFingerprintTests : EngineTest
{
    private const string Invariant = "tiny/relu1(average) 32x32 pad 68d6ba637b854aa44f0b53671c44cff6";

    // What version 0.1.0 wrote in processes of these cultures.
    private const string German = "tiny/relu1(average) 32x32 pad 114a5f70c989778d69e69e0d3b79fc3a";
    private const string Swedish = "tiny/relu1(average) 32x32 pad 06ece9d5563b96ff77c0331a4bb3e83f";
    private const string Arabic = "tiny/relu1(average) 32x32 pad 428c2caf52ccf7cd6d35fe58dda65667";
    private const string Persian = "tiny/relu1(average) 32x32 pad a320ccfbc79102fc09e8a26bbd671f5c";
    private const string Hebrew = "tiny/relu1(average) 32x32 pad c3da1a9b0bf9528e846554b0e3757080";

    private static OnnxModel Model => new OnnxModel(TinyOnnx.Layers(32), "tiny")
    {
        Width = 32,
        Height = 32,
        Output = "relu1",
        Pooling = RowPooling.Average,
        PixelRange = 1,
        Mean = new(0.485f, 0.456f, 0.406f),
        Std = new(0.229f, 0.224f, 0.225f),
        Fit = ImageFit.Pad,
    };

    [Theory]
    [InlineData("")]
    [InlineData("de-DE")]
    [InlineData("sv-SE")]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    public void Fingerprint_UnderAnyCulture_IsThatOfFilesBuiltBefore(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            using var extractor = new OnnxFeatureExtractor(Model);

            Assert.Equal(Invariant, extractor.Fingerprint);
            Assert.Equal("tiny/relu1(average)", extractor.Name);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void FormerFingerprints_OfCulturesThatWriteNumbersInAnotherWay_AreKnown()
    {
        using var extractor = new OnnxFeatureExtractor(Model);

        var known = ((IFormerFingerprints)extractor).FormerFingerprints;

        Assert.All([German, Swedish, Arabic, Persian, Hebrew], former => Assert.Contains(former, known));
        Assert.DoesNotContain(Invariant, known);
    }

    [Theory]
    [InlineData(German)]
    [InlineData(Arabic)]
    public async Task Open_FileBuiltUnderAnotherCulture_WorksAndIsBuiltOn(string former)
    {
        using var extractor = new OnnxFeatureExtractor(Model);
        var products = Enumerable.Range(0, 6).ToCatalog(i => $"p{i}", i => SamplePictures.Drawn(i));
        await using (await With(new Before(extractor, former)).BuildAsync(products, FilePath, cancellationToken: Token))
        {
        }

        await using (var opened = await With(extractor).OpenAsync<int>(FilePath, Token))
            Assert.Equal(6, opened.Count);
        await using var built = await With(extractor).BuildAsync(products, FilePath, cancellationToken: Token);

        Assert.Equal(0, built.Report!.Computed);

        static RecommenderBuilder With(IFeatureExtractor extractor) =>
            new RecommenderBuilder().UseExtractor(extractor).WithoutReduction().WithoutClusters();
    }

    /// <summary>The same extractor under the fingerprint that it had once.</summary>
    private sealed class Before(IFeatureExtractor extractor, string fingerprint) : IFeatureExtractor
    {
        public string Name => extractor.Name;

        public string Fingerprint => fingerprint;

        public int Dimensions => extractor.Dimensions;

        public int PreferredBatch => extractor.PreferredBatch;

        public ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
            IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default) =>
            extractor.ExtractAsync(batch, rows, cancellationToken);

        public void Dispose()
        {
        }
    }
}
