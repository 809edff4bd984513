using ImageRec.Contracts;
using ImageRec.Features;

namespace ImageRec.Tests.Features;

public sealed class OnnxFeatureExtractorContractTests : FeatureExtractorContract
{
    protected override IFeatureExtractor Create() =>
        new OnnxFeatureExtractor(new OnnxModel(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32, Output = "relu1" });
}
