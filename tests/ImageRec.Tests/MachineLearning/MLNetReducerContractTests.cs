using ImageRec.Contracts;
using ImageRec.ML.Reduction;
using ImageRec.Reduction;
using Microsoft.ML;

namespace ImageRec.Tests.MachineLearning;

public sealed class MLNetReducerContractTests : ReducerContract
{
    protected override IReducer Create() =>
        new MLNetReducer(
            "ML.NET's PCA(5)", ml => ml.Transforms.ProjectToPrincipalComponents("Reduced", "Features", rank: 5), outputColumn: "Reduced");
}
