using ImageRec.Contracts;
using ImageRec.Features;
using ImageRec.PublicApi.Tests.Outside;

namespace ImageRec.PublicApi.Tests;

public sealed class ColorHistogramExtractorContractTests : FeatureExtractorContract
{
    protected override IFeatureExtractor Create() => new ColorHistogramExtractor();
}
