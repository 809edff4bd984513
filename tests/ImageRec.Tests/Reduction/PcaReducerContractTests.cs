using ImageRec.Contracts;
using ImageRec.Reduction;

namespace ImageRec.Tests.Reduction;

public sealed class PcaReducerContractTests : ReducerContract
{
    protected override IReducer Create() => new PcaReducer(new PcaOptions { Dimensions = 5 });
}
