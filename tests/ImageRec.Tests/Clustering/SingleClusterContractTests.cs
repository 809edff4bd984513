using ImageRec.Clustering;
using ImageRec.Contracts;

namespace ImageRec.Tests.Clustering;

public sealed class SingleClusterContractTests : ClustererContract
{
    protected override IClusterer Create() => new SingleCluster();
}
