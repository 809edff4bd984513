using System.Numerics.Tensors;
using ImageRec.Contracts;
using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Tests.Learning;

public sealed class FusionWeightTests
{
    [Fact]
    public void Measure_AnyWeight_IsWhatRankingFusedRowsGives()
    {
        var rows = SampleRows.Unit(40, 6, seed: 4);
        var labels = Enumerable.Range(0, 40).Select(i => i * 7 % 3).ToArray();
        var heldOut = SampleRows.Random(40, 3, seed: 8);
        for (var i = 0; i < 40; i++)
            TensorPrimitives.SoftMax<float>(heldOut[i], heldOut[i]);

        // Pairs that show one thing.
        int[] groups = [.. Enumerable.Range(0, 40).Select(i => i / 2)];
        var measured = FusionWeight.Measure(rows, labels, groups, heldOut, [.. Enumerable.Range(0, 40)], given: 0.7f, new FitContext(1));

        Assert.Equal([0, 0.7f], measured.Select(m => m.Weight));
        foreach (var quality in measured)
        {
            var (precision, average) = ByFullRanking(rows, labels, groups, heldOut, quality.Weight);
            Assert.Equal(precision, quality.PrecisionAt5, 1e-9);
            Assert.Equal(average, quality.MeanAveragePrecision, 1e-9);
        }
    }

    [Fact]
    public void Measure_InfiniteWeight_IsTheCategoryFirst()
    {
        var rows = SampleRows.Unit(40, 6, seed: 4);
        var labels = Enumerable.Range(0, 40).Select(i => i * 7 % 3).ToArray();
        var heldOut = SampleRows.Random(40, 3, seed: 8);
        for (var i = 0; i < 40; i++)
            TensorPrimitives.SoftMax<float>(heldOut[i], heldOut[i]);
        int[] all = [.. Enumerable.Range(0, 40)];
        var measured = FusionWeight.Measure(rows, labels, all, heldOut, all, float.PositiveInfinity, new FitContext(1))[1];
        // As heavy as no difference of cosines can outweigh.
        var (precision, average) = ByFullRanking(rows, labels, all, heldOut, weight: 60);
        Assert.Equal(precision, measured.PrecisionAt5, 1e-9);
        Assert.Equal(average, measured.MeanAveragePrecision, 0.005);
        Assert.NotEqual(ByFullRanking(rows, labels, all, heldOut, weight: 1).Average, measured.MeanAveragePrecision, 0.01);
    }

    [Fact]
    public void Choose_HeavierWeightWithinAStandardError_TakesTheLighter()
    {
        FusionQuality[] measured =
        [
            new(0, 0.9, 0.9, 0.01),
            new(0.5f, 0.70, 0.70, 0.01),
            new(1, 0.795, 0.795, 0.01),
            new(2, 0.8, 0.8, 0.01),
            new(3, 0.79, 0.79, 0.01),
        ];
        Assert.Equal(1, FusionWeight.Choose(measured).Weight);
    }

    private static (double Precision, double Average) ByFullRanking(
        FeatureMatrix rows, int[] labels, int[] groups, FeatureMatrix heldOut, float weight)
    {
        var part = new CategoryPart(rows.Columns, 3, weight);
        float[] Fused(int row, float[] probabilities)
        {
            var fused = new float[part.FusedDimensions];
            part.Fuse(rows[row], probabilities, fused);
            return fused;
        }
        double precision = 0;
        double average = 0;
        for (var q = 0; q < rows.Rows; q++)
        {
            var query = Fused(q, heldOut[q].ToArray());
            var ranked = Enumerable.Range(0, rows.Rows).Where(i => groups[i] != groups[q])
                .OrderByDescending(
                    i => TensorPrimitives.Dot<float>(query, Fused(i, [.. Enumerable.Range(0, 3).Select(c => c == labels[i] ? 1f : 0)])))
                .Select(i => labels[i] == labels[q]).ToList();
            precision += ranked.Take(5).Count(right => right) / 5.0;
            var places = ranked.Index().Where(r => r.Item).Select(r => r.Index + 1).ToList();
            average += places.Index().Average(p => (p.Index + 1.0) / p.Item);
        }
        return (precision / rows.Rows, average / rows.Rows);
    }
}
