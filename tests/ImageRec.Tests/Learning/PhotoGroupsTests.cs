using System.Numerics.Tensors;
using ImageRec.Contracts;
using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Tests.Learning;

public sealed class PhotoGroupsTests
{
    /// <summary>Things at random, each seen several times with a small disturbance: row i shows thing i / views.</summary>
    internal static FeatureMatrix Views(int things, int views, int dimensions, float disturbance, int seed = 1)
    {
        var (middles, noise) = (SampleRows.Random(things, dimensions, seed), SampleRows.Random(things * views, dimensions, seed + 1));
        var rows = new FeatureMatrix(things * views, dimensions);
        for (var i = 0; i < rows.Rows; i++)
        {
            TensorPrimitives.Multiply(noise[i], disturbance, rows[i]);
            TensorPrimitives.Add(rows[i], middles[i / views], rows[i]);
        }
        UnitRows.Normalize(rows);
        return rows;
    }

    private static int[] Of(FeatureMatrix rows, IReadOnlyList<string?>? named = null) =>
        PhotoGroups.Of(rows, named, CancellationToken.None);

    [Theory]
    [InlineData(100, 3, 32)]
    [InlineData(60, 2, 128)]
    [InlineData(40, 10, 64)]
    [InlineData(300, 3, 16)]
    public void Of_SeveralViewsOfEachThing_FindsThem(int things, int views, int dimensions)
    {
        var groups = Of(Views(things, views, dimensions, 0.1f));
        Assert.All(
            Enumerable.Range(0, groups.Length).GroupBy(i => i / views), thing => Assert.Single(thing.Select(i => groups[i]).Distinct()));
        // A few different things may lie near one another by chance.
        Assert.InRange(groups.Distinct().Count(), things * 3 / 4, things);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(64)]
    public void Of_RowsThatHaveNothingInCommon_LeavesNearlyAllAlone(int dimensions)
    {
        var groups = Of(Views(500, 1, dimensions, 0));
        Assert.InRange(groups.Distinct().Count(), 300, 500);
        Assert.InRange(groups.CountBy(group => group).Max(group => group.Value), 1, 12);
    }

    [Fact]
    public void Of_TightCategories_AreNotTakenForOneThingEach()
    {
        // Five crowds, each of rows as different as its spread allows.
        var groups = Of(SampleRows.Unit(300, 24));
        Assert.InRange(groups.Distinct().Count(), 200, 300);
    }

    [Fact]
    public void Of_ChainOfSmallSteps_IsNotOneThing()
    {
        // Each row is near the next; the first has nothing of the last.
        var rows = new FeatureMatrix(200, 2);
        for (var i = 0; i < 200; i++)
            (rows[i][0], rows[i][1]) = (MathF.Cos(i * 0.007f), MathF.Sin(i * 0.007f));
        Assert.InRange(Of(rows).CountBy(group => group).Max(group => group.Value), 1, 20);
    }

    [Fact]
    public void Of_EqualRows_AreOneGroupHoweverFewOrMany()
    {
        var rows = SampleRows.Random(90, 4);
        for (var i = 1; i < 80; i++)
            rows[0].CopyTo(rows[i]);
        Assert.Equal(80, Of(rows).Count(group => group == 0));
        Assert.Equal([0, 0, 2], Of(FeatureMatrix.Wrap([0, 0, 0, 0, 1, 0], 2)));
        Assert.Empty(Of(new FeatureMatrix(0, 2)));
    }

    [Fact]
    public void Of_NamedThings_AreTheirNamesWhateverTheyLookLike()
    {
        var rows = Views(100, 3, 32, 0.1f);
        // Two products whose photos are alike in pairs; the rest is not named.
        var named = Enumerable.Range(0, 300).Select(i => i < 6 ? $"product {i % 2}" : i == 6 ? "" : null).ToArray();
        var groups = Of(rows, named);
        Assert.Equal([0, 1, 0, 1, 0, 1], groups[..6]);
        Assert.Equal(groups[9], groups[10]);
        Assert.Equal(groups[6], groups[7]);
    }

    [Fact]
    public void NearestRows_AnyBlock_AreWhatSortingAllGives()
    {
        foreach (var (count, dimensions) in new[] { (2, 3), (63, 5), (64, 7), (65, 16), (131, 33), (300, 8) })
        {
            var rows = SampleRows.Unit(count, dimensions, seed: count);
            var wanted = Math.Min(9, count - 1);
            var nearest = NearestRows.Of(rows, wanted, CancellationToken.None);
            for (var i = 0; i < count; i++)
            {
                var expected = Enumerable.Range(0, count)
                    .Where(j => j != i)
                    .Select(j => TensorPrimitives.Dot<float>(rows[i], rows[j]))
                    .OrderDescending()
                    .Take(wanted)
                    .ToArray();
                for (var k = 0; k < wanted; k++)
                {
                    Assert.Equal(expected[k], nearest.CosinesOf(i)[k], 1e-5f);
                    Assert.Equal(expected[k], TensorPrimitives.Dot<float>(rows[i], rows[nearest.RowsOf(i)[k]]), 1e-5f);
                }
            }
        }
    }
}
