using ImageRec.Contracts;
using ImageRec.Learning;
using ImageRec.ML.Learning;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace ImageRec.Tests.Learning;

public sealed class MLNetCategoryLearnerContractTests : CategoryLearnerContract
{
    protected override ICategoryLearner Create()
    {
        var options = new SdcaNonCalibratedMulticlassTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 20 };
        return new MLNetCategoryLearner("sdca", ml => ml.MulticlassClassification.Trainers.SdcaNonCalibrated(options));
    }
}
