using ImageRec.Contracts;
using ImageRec.Features;
using ImageRec.Reduction;

namespace ImageRec.Tests.Reduction;

public sealed class JoinedReducerContractTests : ReducerContract
{
    protected override IReducer Create() => new JoinedReducer(new PcaReducer(new PcaOptions { Dimensions = 3 }), new Parts());

    private sealed class Parts : IJoinedFeatures
    {
        public IReadOnlyList<int> PartDimensions => [4, 8];

        public IReadOnlyList<float> PartWeights => [1, 0.5f];
    }
}
