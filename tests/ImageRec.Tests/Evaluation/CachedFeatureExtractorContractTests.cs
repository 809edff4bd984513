using ImageRec.Contracts;
using ImageRec.Features;
using ImageRec.Tests.Features;

namespace ImageRec.Tests.Evaluation;

public sealed class CachedFeatureExtractorContractTests : FeatureExtractorContract, IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagerec-test-");

    protected override IFeatureExtractor Create() =>
        new OnnxFeatureExtractor(new OnnxModel(TinyOnnx.Layers(32), "tiny") { Width = 32, Height = 32, Output = "relu1" })
            .WithCache(Path.Combine(_folder.FullName, "features.cache"));

    public void Dispose() => _folder.Delete(recursive: true);
}
