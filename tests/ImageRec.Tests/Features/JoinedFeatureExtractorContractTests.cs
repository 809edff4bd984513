using ImageRec.Contracts;
using ImageRec.Features;

namespace ImageRec.Tests.Features;

public sealed class JoinedFeatureExtractorContractTests : FeatureExtractorContract
{
    protected override IFeatureExtractor Create() => new JoinedFeatureExtractor([Part("relu1"), Part("row")], [1, 0.5f]);

    private static OnnxFeatureExtractor Part(string output) =>
        new(new OnnxModel(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32, Output = output });
}
