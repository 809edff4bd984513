using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Tests.Learning;

public sealed class CalibrationTests
{
    [Fact]
    public void Apply_Temperature_DividesLogarithms()
    {
        float[] probabilities = [0.8f, 0.2f];
        Calibration.Apply(probabilities, 2);
        // sqrt(0.8) / (sqrt(0.8) + sqrt(0.2)) = 2 / 3.
        Assert.Equal(2 / 3f, probabilities[0], 1e-5f);
        Assert.Equal(1 / 3f, probabilities[1], 1e-5f);
    }

    [Fact]
    public void Apply_ManyUnlikelyCategoriesOrGreatScores_StillAddUpToOne()
    {
        var probabilities = Enumerable.Repeat(1 / 500f, 500).ToArray();
        Calibration.Apply(probabilities, 0.05f);
        Assert.All(probabilities, value => Assert.Equal(1 / 500f, value, 1e-6f));
        float[] scores = [400, 399, -400];
        Softmax.Apply(scores);
        Assert.Equal(1 / (1 + MathF.Exp(-1)), scores[0], 1e-5f);
    }

    [Fact]
    public void ExpectedError_HandCase_IsTheWeightedGap()
    {
        // Two rows at 0.9 of which one is right, two at 0.6 of which both are: (2 x |0.5 - 0.9| + 2 x |1 - 0.6|) / 4 = 0.4.
        var probabilities = FeatureMatrix.Wrap([0.9f, 0.1f, 0.9f, 0.1f, 0.6f, 0.4f, 0.6f, 0.4f], 2);
        Assert.Equal(0.4, Calibration.ExpectedError(probabilities, [0, 1, 0, 0]), 1e-6);
    }

    [Fact]
    public void LogLoss_HandCase_IsTheMeanLogarithm()
    {
        var probabilities = FeatureMatrix.Wrap([0.5f, 0.5f, 0.25f, 0.75f], 2);
        Assert.Equal((Math.Log(2) + Math.Log(4)) / 2, Calibration.LogLoss(probabilities, [0, 0]), 1e-6);
    }

    [Fact]
    public void Temperature_OverConfidentPredictions_FindsTheOneThatSuits()
    {
        // 0.99 is said and 30 of 40 are right, counted as (30 x 41 + 10) / (40 x 42) = 0.738:
        // the best temperature turns 0.99 into that, ln(99) / T = ln(0.738 / 0.262).
        var probabilities = FeatureMatrix.Wrap([.. Enumerable.Repeat(new[] { 0.99f, 0.01f }, 40).SelectMany(p => p)], 2);
        var labels = Enumerable.Range(0, 40).Select(i => i % 4 == 0 ? 1 : 0).ToArray();
        var share = ((30.0 * 41) + 10) / (40 * 42);
        Assert.Equal(Math.Log(99) / Math.Log(share / (1 - share)), Calibration.Temperature(probabilities, labels), 0.02);
    }

    [Fact]
    public void Accuracy_HandCase_CountsTheMostProbable() =>
        Assert.Equal(0.5, Calibration.Accuracy(FeatureMatrix.Wrap([0.5f, 0.3f, 0.2f, 0.1f, 0.2f, 0.7f], 3), [0, 1]));
}
