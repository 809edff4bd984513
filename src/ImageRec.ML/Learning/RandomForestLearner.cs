using ImageRec.Learning;
using ImageRec.Vectors;
using Microsoft.ML;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.FastTree;

namespace ImageRec.ML.Learning;

/// <summary>Learns one random forest per category, each against all others, fitted by ML.NET.</summary>
/// <remarks>
/// Breiman, "Random forests", 2001; for product images by Ullah et al. ML.NET's FastForest tells two classes apart, so there is a forest
/// for every category, its votes made probabilities by Platt's method and divided by their sum.
/// </remarks>
internal sealed class RandomForestLearner : ICategoryLearner
{
    private const int Leaves = 100;
    private readonly int _trees;
    private readonly MLNetCategoryLearner _forests;

    /// <summary>Chooses the forest.</summary>
    /// <param name="trees">Trees per category, 1 or more. Default: 100.</param>
    public RandomForestLearner(int trees = 100)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trees, 1);
        _trees = trees;
        _forests = new MLNetCategoryLearner(Name, Forests);
    }

    public string Name => $"random-forest({_trees} trees)";

    public ICategoryClassifier Fit(FeatureMatrix unitRows, IReadOnlyList<string> categories, FitContext context) =>
        _forests.Fit(unitRows, categories, context);

    public ICategoryClassifier Load(Stream source, IReadOnlyList<string> categories) => _forests.Load(source, categories);

    private OneVersusAllTrainer Forests(MLContext ml) => ml.MulticlassClassification.Trainers.OneVersusAll(
        ml.BinaryClassification.Trainers.FastForest(new FastForestBinaryTrainer.Options
        {
            NumberOfTrees = _trees,
            NumberOfLeaves = Leaves,
            MinimumExampleCountPerLeaf = 2,
            // Threads would share out the work in any order: the last bits would not repeat.
            NumberOfThreads = 1,
        }),
        labelColumnName: LabeledRows.Label);
}
