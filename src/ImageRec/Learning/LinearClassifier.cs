using System.Numerics.Tensors;
using ImageRec.Fitting;
using ImageRec.Vectors;

namespace ImageRec.Learning;

/// <summary>Predicts by a linear score per category, and a softmax over the scores.</summary>
/// <param name="categories">k names in ordinal order.</param>
/// <param name="weights">k x d.</param>
/// <param name="biases">1 x k.</param>
/// <param name="l2">The penalty it was fitted with.</param>
internal sealed class LinearClassifier(IReadOnlyList<string> categories, FeatureMatrix weights, FeatureMatrix biases, float l2)
    : ICategoryClassifier
{
    private const string Kind = "IRLC";

    public string Name => new MaxEntropyLearner(l2).Name;

    public int Dimensions => weights.Columns;

    public IReadOnlyList<string> Categories => categories;

    public void Predict(FeatureMatrix unitRows, FeatureMatrix probabilities)
    {
        ClassifierShapes.Check(this, unitRows, probabilities);
        for (var i = 0; i < unitRows.Rows; i++)
        {
            var scores = probabilities[i];
            for (var c = 0; c < scores.Length; c++)
                scores[c] = TensorPrimitives.Dot<float>(unitRows[i], weights[c]) + biases[0][c];
            Softmax.Apply(scores);
        }
    }

    public void Save(Stream destination) => MatrixState.Write(destination, Kind, weights, biases, FeatureMatrix.Wrap([l2], 1));

    public static LinearClassifier Load(Stream source, IReadOnlyList<string> categories)
    {
        if (MatrixState.Read(source, Kind, count: 3) is not [var weights, { Rows: 1 } biases, { Rows: 1, Columns: 1 } l2]
            || weights.Rows != categories.Count || biases.Columns != categories.Count)
        {
            throw StateFrame.Damaged(Kind, $"its matrices do not fit {categories.Count} categories");
        }
        return new LinearClassifier(categories, weights, biases, l2.Values.Span[0]);
    }
}
