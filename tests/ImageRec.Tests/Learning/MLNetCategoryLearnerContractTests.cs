using ImageRec.Contracts;
using ImageRec.Learning;
using ImageRec.ML;
using Microsoft.ML;

namespace ImageRec.Tests.Learning;

public sealed class MLNetCategoryLearnerContractTests : CategoryLearnerContract
{
    protected override ICategoryLearner Create() => new MLNetCategoryLearner("sdca", ml => ml.MulticlassClassification.Trainers.SdcaNonCalibrated(
        new Microsoft.ML.Trainers.SdcaNonCalibratedMulticlassTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 20 }));
}
