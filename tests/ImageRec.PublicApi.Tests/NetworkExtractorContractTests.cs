using ImageRec.Contracts;
using ImageRec.Features;

namespace ImageRec.PublicApi.Tests;

/// <summary>Embeddings of a network alone, without an engine.</summary>
public sealed class NetworkExtractorContractTests : FeatureExtractorContract
{
    protected override IFeatureExtractor Create() => OnnxModel.Compact.CreateExtractor(options => options.Threads = 1);
}
