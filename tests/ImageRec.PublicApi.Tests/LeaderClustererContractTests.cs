using ImageRec.Clustering;
using ImageRec.Contracts;
using ImageRec.PublicApi.Tests.Outside;

namespace ImageRec.PublicApi.Tests;

public sealed class LeaderClustererContractTests : ClustererContract
{
    protected override IClusterer Create() => new LeaderClusterer(0.7f);
}
