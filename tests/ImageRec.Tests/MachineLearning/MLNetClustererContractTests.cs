using ImageRec.Clustering;
using ImageRec.Contracts;
using ImageRec.ML.Clustering;
using Microsoft.ML;
using Microsoft.ML.Trainers;

namespace ImageRec.Tests.MachineLearning;

public sealed class MLNetClustererContractTests : ClustererContract
{
    protected override IClusterer Create() => new MLNetClusterer(
        "ML.NET's k-means(5)",
        ml => ml.Clustering.Trainers.KMeans(new KMeansTrainer.Options { NumberOfClusters = 5, NumberOfThreads = 1 }));
}
