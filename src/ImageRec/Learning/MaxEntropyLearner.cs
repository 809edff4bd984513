using System.Globalization;
using ImageRec.Vectors;
using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers;

namespace ImageRec.Learning;

/// <summary>Learns categories by maximum entropy classification (multinomial logistic regression), fitted by ML.NET.</summary>
/// <remarks>
/// Andrew and Gao, "Scalable training of L1-regularized log-linear models", ICML 2007: ML.NET's L-BFGS, here with the L2 penalty alone.
/// </remarks>
internal sealed class MaxEntropyLearner : ICategoryLearner
{
    private const string KindName = "max-entropy";
    private const float DefaultL2 = 0.1f;
    private static readonly float[] s_tried = [1, 0.3f, 0.1f, 0.03f, 0.01f];
    private readonly float? _l2;

    /// <summary>Chooses the classifier.</summary>
    /// <param name="l2">
    /// Penalty on the squared weights beside the summed log loss, 0 or more. Default (null): the best of 1, 0.3, 0.1, 0.03 and 0.01 on
    /// held-out rows.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">The penalty is negative or not a number.</exception>
    public MaxEntropyLearner(float? l2 = null)
    {
        if (l2 is { } given && !(given >= 0 && float.IsFinite(given)))
            throw new ArgumentOutOfRangeException(nameof(l2), given, "The L2 penalty is a finite number, 0 or more.");
        _l2 = l2;
    }

    public string Name => _l2 is { } l2 ? string.Create(CultureInfo.InvariantCulture, $"{KindName}(l2 {l2})") : KindName;

    public IReadOnlyList<ICategoryLearner> Candidates => _l2 is null ? [.. s_tried.Select(l2 => new MaxEntropyLearner(l2))] : [this];

    /// <inheritdoc />
    /// <remarks>Without a penalty of its own it fits with 0.1.</remarks>
    public ICategoryClassifier Fit(FeatureMatrix unitRows, IReadOnlyList<string> categories, FitContext context)
    {
        var names = ClassifierShapes.Categories(unitRows, categories);
        context.CancellationToken.ThrowIfCancellationRequested();
        var ml = new MLContext(context.Seed);
        var trainer = ml.MulticlassClassification.Trainers.LbfgsMaximumEntropy(new LbfgsMaximumEntropyMulticlassTrainer.Options
        {
            LabelColumnName = LabeledRows.Label,
            FeatureColumnName = LabeledRows.Features,
            L1Regularization = 0,
            L2Regularization = _l2 ?? DefaultL2,
            OptimizationTolerance = 1e-4f,
            // Sums of several threads would be added in any order: the last bits would not repeat.
            NumberOfThreads = 1,
        });
        var model = trainer.Fit(LabeledRows.Of(ml, unitRows, categories, names)).Model;
        context.CancellationToken.ThrowIfCancellationRequested();
        var fitted = Array.Empty<VBuffer<float>>();
        model.GetWeights(ref fitted, out var count);
        var weights = new FeatureMatrix(count, unitRows.Columns);
        for (var i = 0; i < count; i++)
            fitted[i].CopyTo(weights[i]);
        return new LinearClassifier(names, weights, FeatureMatrix.Wrap([.. model.GetBiases()], count), _l2 ?? DefaultL2);
    }

    public ICategoryClassifier Load(Stream source, IReadOnlyList<string> categories) => LinearClassifier.Load(source, categories);
}
