using ImageRec.Contracts;
using ImageRec.Features;
using ImageRec.PublicApi.Tests.Outside;

namespace ImageRec.PublicApi.Tests;

public sealed class ColourHistogramExtractorContractTests : FeatureExtractorContract
{
    protected override IFeatureExtractor Create() => new ColourHistogramExtractor();
}
