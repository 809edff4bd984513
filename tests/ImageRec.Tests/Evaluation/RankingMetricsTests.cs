using System.Globalization;
using ImageRec.Evaluation.Metrics;

namespace ImageRec.Tests.Evaluation;

public class RankingMetricsTests
{
    // Relevant at ranks 1, 3 and 4 of six answers; four items are relevant.
    private static readonly bool[] Ranking = [true, false, true, true, false, false];

    [Theory]
    [InlineData(1, 1.0)]
    [InlineData(2, 0.5)]
    [InlineData(5, 0.6)]
    [InlineData(10, 0.5)]
    public void Precision_ByHand_CountsAmongTheFirstK(int k, double expected) =>
        Assert.Equal(expected, RankingMetrics.Precision(Ranking, k), 1e-12);

    [Fact]
    public void Precision_FewerAnswersThanAskedFor_CountsTheMissingAsMisses()
    {
        Assert.Equal(0.2, RankingMetrics.Precision([true], 5, candidates: 100), 1e-12);
        Assert.Equal(0.5, RankingMetrics.Precision([true], 5, candidates: 2), 1e-12);
        Assert.Equal(0, RankingMetrics.Precision([], 5));
    }

    [Fact]
    public void RecallHitAndAveragePrecision_ByHand_AgreeWithTheDefinition()
    {
        Assert.Equal(0.25, RankingMetrics.Recall(Ranking, 2, 4), 1e-12);
        Assert.Equal(0.75, RankingMetrics.Recall(Ranking, 10, 4), 1e-12);
        Assert.Equal(1, RankingMetrics.Hit(Ranking, 1));
        Assert.Equal(0, RankingMetrics.Hit([false, false, true], 2));
        Assert.Equal((1 + 2 / 3.0 + 3 / 4.0) / 4, RankingMetrics.AveragePrecision(Ranking, 4), 1e-12);
    }

    [Fact]
    public void Ndcg_ByHand_DiscountsByTheLogarithmOfTheRank()
    {
        var gain = 1 + 1 / Math.Log2(4) + 1 / Math.Log2(5);
        var best = 1 + 1 / Math.Log2(3) + 1 / Math.Log2(4) + 1 / Math.Log2(5);
        Assert.Equal(gain / best, RankingMetrics.Ndcg(Ranking, 5, 4), 1e-12);
        Assert.Equal(1, RankingMetrics.Ndcg([true, true, false], 3, 2), 1e-12);
    }

    [Fact]
    public void Metrics_NothingRelevant_AreNotANumber()
    {
        Assert.True(double.IsNaN(RankingMetrics.Recall([false], 1, 0)));
        Assert.True(double.IsNaN(RankingMetrics.AveragePrecision([false], 0)));
        Assert.True(double.IsNaN(RankingMetrics.Ndcg([false], 1, 0)));
    }

    [Fact]
    public void Metrics_ScikitLearnCases_AgreeWithItsFigures()
    {
        foreach (var figures in SklearnFigures.Cases("rankings"))
        {
            bool[] relevant = [.. figures.GetProperty("relevant").EnumerateArray().Select(e => e.GetBoolean())];
            var count = relevant.Count(r => r);
            Assert.Equal(figures.Number("average_precision"), RankingMetrics.AveragePrecision(relevant, count), 1e-9);
            foreach (var ndcg in figures.GetProperty("ndcg").EnumerateObject())
            {
                var k = int.Parse(ndcg.Name, CultureInfo.InvariantCulture);
                Assert.Equal(ndcg.Value.GetDouble(), RankingMetrics.Ndcg(relevant, k, count), 1e-9);
            }
        }
    }
}
