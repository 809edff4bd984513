using ImageRec.Answering;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Tests.Answering;

public sealed class MaximalMarginalRelevanceTests
{
    // Two pairs of rows that are alike, at right angles to each other.
    private static readonly FeatureMatrix s_rows = Matrix([1, 0], [1, 0], [0, 1], [0, 1]);
    private static readonly float[] s_scores = [0.9f, 0.8f, 0.6f, 0.5f];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void Pick_HalfDiversity_TakesTheUnlikeFirst() => Assert.Equal([0, 2, 1, 3], Pick(4, 0.5f));

    [Fact]
    public void Pick_LittleDiversity_KeepsTheOrderOfScores() => Assert.Equal([0, 1, 2, 3], Pick(4, 0.1f));

    [Fact]
    public void Pick_FullDiversity_LooksAtUnlikenessAlone()
    {
        // The first is asked for by score alone, where nothing tells candidates apart by the first in order.
        Assert.Equal([0, 2, 1, 3], Pick(4, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Pick_FewerThanThereAre_StopsThere(int count) => Assert.Equal(new[] { 0, 2 }[..count], Pick(count, 0.5f));

    [Fact]
    public void Pick_MoreThanThereAre_GivesAll() => Assert.Equal(4, Pick(9, 0.5f).Count);

    [Fact]
    public void Pick_FirstAnswer_IsTheBestScoreHoweverNegative() =>
        Assert.Equal([1, 0], MaximalMarginalRelevance.Pick([-0.9f, -0.2f], Matrix([1, 0], [0, 1]), [], 2, 0.9f, _ => true, Token));

    [Fact]
    public void Pick_OppositeRow_CountsAsUnlikerThanOneAtARightAngle() =>
        Assert.Equal(
            [0, 2, 1], MaximalMarginalRelevance.Pick([0.9f, 0.3f, 0.3f], Matrix([1, 0], [0, 1], [-1, 0]), [], 3, 0.5f, _ => true, Token));

    [Fact]
    public void Pick_AnswersBefore_AreUnlikeThemToo()
    {
        ReadOnlyMemory<float>[] before = [new float[] { 1, 0 }];

        Assert.Equal([2, 0, 1, 3], MaximalMarginalRelevance.Pick(s_scores, s_rows, before, 4, 0.6f, _ => true, Token));
    }

    [Fact]
    public void Pick_SeveralAnswersBefore_CountsTheNearest()
    {
        ReadOnlyMemory<float>[] before = [new float[] { 1, 0 }, new float[] { 0, -1 }];

        // Row 0 is as like the first as can be, row 2 at a right angle to the first and opposite to the second.
        Assert.Equal(2, MaximalMarginalRelevance.Pick(s_scores, s_rows, before, 1, 0.5f, _ => true, Token)[0]);
    }

    [Fact]
    public void Pick_CandidateThatMayNotBePicked_IsPassedOverForGood()
    {
        var asked = new List<int>();

        var picked = MaximalMarginalRelevance.Pick(s_scores, s_rows, [], 4, 0.5f, May, Token);

        // As if row 0 were not there: the next pair's first is no longer like what was picked.
        Assert.Equal([1, 2, 3], picked);
        Assert.Equal([0, 1, 2, 3], asked);

        bool May(int candidate)
        {
            asked.Add(candidate);
            return candidate != 0;
        }
    }

    [Fact]
    public void Pick_Canceled_Stops() =>
        Assert.Throws<OperationCanceledException>(
            () => MaximalMarginalRelevance.Pick(s_scores, s_rows, [], 1, 0.5f, _ => true, new CancellationToken(canceled: true)));

    private static List<int> Pick(int count, float diversity) =>
        MaximalMarginalRelevance.Pick(s_scores, s_rows, [], count, diversity, _ => true, Token);

    private static FeatureMatrix Matrix(params float[][] rows)
    {
        var matrix = new FeatureMatrix(rows.Length, rows[0].Length);
        for (var i = 0; i < rows.Length; i++)
            rows[i].CopyTo(matrix[i]);
        return matrix;
    }
}
