using ImageRec.Contracts;
using ImageRec.Learning;

namespace ImageRec.Tests.Learning;

public sealed class MaxEntropyLearnerContractTests : CategoryLearnerContract
{
    protected override ICategoryLearner Create() => new MaxEntropyLearner();
}
