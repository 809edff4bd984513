using ImageRec.Contracts;
using ImageRec.Learning;
using ImageRec.ML.Learning;

namespace ImageRec.Tests.Learning;

public sealed class RandomForestLearnerContractTests : CategoryLearnerContract
{
    protected override ICategoryLearner Create() => new RandomForestLearner(trees: 10);
}
