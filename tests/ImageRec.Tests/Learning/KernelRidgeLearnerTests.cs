using System.Numerics.Tensors;
using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Tests.Learning;

public sealed class KernelRidgeLearnerTests
{
    [Theory]
    [InlineData(0f)]
    [InlineData(-1f)]
    [InlineData(float.NaN)]
    public void New_PenaltyOutOfRange_Throws(float l2) => Assert.Throws<ArgumentOutOfRangeException>(() => new KernelRidgeLearner(l2: l2));

    [Fact]
    public void Fit_CategoriesThatNoPlaneTellsApart_LearnsThem()
    {
        // The sign of a product of two numbers.
        var (rows, names) = Quadrants(400, seed: 1);
        var (unseen, truth) = Quadrants(200, seed: 2);

        Assert.InRange(Accuracy(new KernelRidgeLearner(0.5f, 0.1f), rows, names, unseen, truth), 0.95, 1);
        Assert.InRange(Accuracy(new MaxEntropyLearner(0.1f), rows, names, unseen, truth), 0.3, 0.7);
    }

    [Fact]
    public void Fit_InParts_PredictsNearlyTheSame()
    {
        var (rows, names) = Quadrants(400, seed: 1);
        var (unseen, truth) = Quadrants(200, seed: 2);

        Assert.InRange(Accuracy(new KernelRidgeLearner(0.5f, 0.1f) { MostRows = 150 }, rows, names, unseen, truth), 0.9, 1);
    }

    [Fact]
    public void PredictMany_MoreRowsAndCategoriesThanABlock_EqualsPredictingOneByOne()
    {
        var (rows, _) = Quadrants(300, seed: 1);
        var names = Enumerable.Range(0, 300).Select(i => $"type-{i % 70}").ToArray();
        var classifier = (KernelClassifier)new KernelRidgeLearner(2, 0.1f).Fit(rows, names, new FitContext(1));
        var (plain, many) = (new FeatureMatrix(300, 70), new FeatureMatrix(300, 70));

        classifier.Predict(rows, plain);
        classifier.PredictMany(rows, many);

        Assert.InRange(TensorPrimitives.Distance<float>(plain.Values.Span, many.Values.Span), 0, 1e-3f);
        Assert.InRange(TensorPrimitives.Max<float>(many.Values.Span), 0.02f, 1);
    }

    private static (FeatureMatrix Rows, string[] Names) Quadrants(int count, int seed)
    {
        var random = new Random(seed);
        var rows = new FeatureMatrix(count, 3);
        var names = new string[count];
        for (var i = 0; i < count; i++)
        {
            rows[i][0] = random.NextSingle() < 0.5 ? 0.2f + random.NextSingle() : -0.2f - random.NextSingle();
            rows[i][1] = random.NextSingle() < 0.5 ? 0.2f + random.NextSingle() : -0.2f - random.NextSingle();
            rows[i][2] = random.NextSingle() - 0.5f;
            names[i] = rows[i][0] * rows[i][1] > 0 ? "same" : "different";
        }
        UnitRows.Normalize(rows);
        return (rows, names);
    }

    private static double Accuracy(ICategoryLearner learner, FeatureMatrix rows, string[] names, FeatureMatrix unseen, string[] truth)
    {
        var classifier = learner.Fit(rows, names, new FitContext(1));
        var probabilities = new FeatureMatrix(unseen.Rows, classifier.Categories.Count);
        classifier.Predict(unseen, probabilities);
        var found = Enumerable.Range(0, truth.Length)
            .Select(i => classifier.Categories[TensorPrimitives.IndexOfMax<float>(probabilities[i])]);
        return found.Zip(truth).Count(pair => pair.First == pair.Second) / (double)truth.Length;
    }
}
