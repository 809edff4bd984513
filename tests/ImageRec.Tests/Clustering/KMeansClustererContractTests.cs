using ImageRec.Clustering;
using ImageRec.Contracts;

namespace ImageRec.Tests.Clustering;

public sealed class KMeansClustererContractTests : ClustererContract
{
    protected override IClusterer Create() => new KMeansClusterer(new KMeansOptions { Clusters = 5 });
}
