using ImageRec.Evaluation;
using ImageRec.Evaluation.Metrics;

namespace ImageRec.Tests.Evaluation;

public class BootstrapTests
{
    [Fact]
    public void Mean_Values_IsTheirMeanInsideItsInterval()
    {
        double[] values = [.. Enumerable.Range(0, 400).Select(i => i % 4 == 0 ? 0.0 : 1.0)];
        var estimate = Bootstrap.Mean(values);
        Assert.Equal(0.75, estimate.Value, 1e-12);
        // The normal approximation: 1.96 sqrt(p (1 - p) / n) = 0.0424.
        Assert.Equal(0.75 - 0.0424, estimate.Low, 0.008);
        Assert.Equal(0.75 + 0.0424, estimate.High, 0.008);
        Assert.Equal(estimate, Bootstrap.Mean(values));
        Assert.NotEqual(estimate, Bootstrap.Mean(values, seed: 2));
    }

    [Fact]
    public void Mean_MoreConfidence_WidensTheInterval()
    {
        double[] values = [.. Enumerable.Range(0, 50).Select(i => (double)i)];
        var (narrow, wide) = (Bootstrap.Mean(values, confidence: 0.5), Bootstrap.Mean(values, confidence: 0.99));
        Assert.True(wide.Low < narrow.Low && narrow.High < wide.High);
    }

    [Fact]
    public void Mean_OneOrNoValue_HasNoWidth()
    {
        Assert.Equal(new Estimate(3, 3, 3), Bootstrap.Mean([3]));
        Assert.True(double.IsNaN(Bootstrap.Mean([]).Value));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([1], confidence: 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Bootstrap.Mean([1], resamples: 0));
    }

    [Fact]
    public void PairedPValue_AllSixImprove_IsTwoInSixtyFour()
    {
        // Of the 64 ways to flip six equal differences, two are as extreme.
        double[] first = [1, 2, 3, 4, 5, 6], second = [0, 1, 2, 3, 4, 5];
        Assert.Equal(2 / 64.0, Bootstrap.PairedPValue(first, second, resamples: 100_000), 0.003);
    }

    [Fact]
    public void PairedPValue_NoDifference_IsOne()
    {
        Assert.Equal(1, Bootstrap.PairedPValue([1, 0, 1], [1, 0, 1]));
        var error = Assert.Throws<ArgumentException>(() => Bootstrap.PairedPValue([1, 2, 3], [1]));
        Assert.Contains("3 values", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void PairedPValue_EqualMethods_IsSmallAsOftenAsItSays()
    {
        var random = new Random(5);
        double[] Drawn() => [.. Enumerable.Range(0, 20).Select(_ => random.NextDouble())];
        var small = Enumerable.Range(0, 400).Count(_ => Bootstrap.PairedPValue(Drawn(), Drawn(), 200) < 0.05);
        Assert.InRange(small, 5, 40);
    }
}
