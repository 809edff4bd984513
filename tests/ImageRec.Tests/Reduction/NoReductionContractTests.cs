using ImageRec.Contracts;
using ImageRec.Reduction;

namespace ImageRec.Tests.Reduction;

public sealed class NoReductionContractTests : ReducerContract
{
    protected override IReducer Create() => new NoReduction();
}
