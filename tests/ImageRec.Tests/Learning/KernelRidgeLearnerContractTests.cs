using ImageRec.Contracts;
using ImageRec.Learning;

namespace ImageRec.Tests.Learning;

public sealed class KernelRidgeLearnerContractTests : CategoryLearnerContract
{
    protected override ICategoryLearner Create() => new KernelRidgeLearner();
}

/// <summary>The same promises when rows are dealt to several machines.</summary>
public sealed class KernelRidgeLearnerInPartsContractTests : CategoryLearnerContract
{
    protected override ICategoryLearner Create() => new KernelRidgeLearner { MostRows = 40 };
}
