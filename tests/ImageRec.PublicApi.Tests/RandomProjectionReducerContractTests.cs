using ImageRec.Contracts;
using ImageRec.PublicApi.Tests.Outside;
using ImageRec.Reduction;

namespace ImageRec.PublicApi.Tests;

public sealed class RandomProjectionReducerContractTests : ReducerContract
{
    protected override IReducer Create() => new RandomProjectionReducer(7);
}
