using ImageRec.Contracts;
using ImageRec.Features;
using Microsoft.ML;

namespace ImageRec.Tests.MachineLearning;

public sealed class MLNetFeatureExtractorContractTests : FeatureExtractorContract
{
    protected override IFeatureExtractor Create() => MLNetExtractor.Create(
        "pixels",
        ml => ml.Transforms.ResizeImages("Small", 16, 16, "Image").Append(ml.Transforms.ExtractPixels("Features", "Small")));

    [Fact]
    public async Task Extract_Disposed_IsAnError()
    {
        var extractor = Create();
        extractor.Dispose();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () =>
            await extractor.ExtractAsync(
                [SamplePictures.Drawn(1)], new float[extractor.Dimensions], TestContext.Current.CancellationToken));
    }
}
