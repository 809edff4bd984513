using ImageRec.Contracts;
using ImageRec.Learning;
using ImageRec.PublicApi.Tests.Outside;

namespace ImageRec.PublicApi.Tests;

public sealed class NearestMeanLearnerContractTests : CategoryLearnerContract
{
    protected override ICategoryLearner Create() => new NearestMeanLearner();
}
