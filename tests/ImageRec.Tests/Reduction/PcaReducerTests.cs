using System.Numerics.Tensors;
using ImageRec.Contracts;
using ImageRec.Reduction;
using ImageRec.Vectors;

namespace ImageRec.Tests.Reduction;

public sealed class PcaReducerTests
{
    [Theory]
    [InlineData(200, 30, 8)]
    [InlineData(40, 30, 8)]
    [InlineData(20, 30, 8)]
    [InlineData(300, 60, 20, 40)]
    [InlineData(64, 9, 9)]
    public void Fit_Rows_FindsTheComponentsOfAnExactDecomposition(int rows, int columns, int dimensions, int oversampling = 20)
    {
        var features = SampleRows.Grouped(rows, columns, groups: 30);
        var (variances, components, mean) = ExactPca.Of(features);

        var projection = Fit(features, new PcaOptions { Dimensions = dimensions, Oversampling = oversampling, Weighting = 0 });
        var reduced = Project(projection, features);

        for (var j = 0; j < dimensions; j++)
        {
            Assert.Equal(variances[j] / variances.Sum(), projection.ExplainedVarianceRatio.Span[j], 5);
            // A component's direction is as sure as its variance is apart from its neighbors'.
            for (var i = 0; i < rows; i++)
            {
                double expected = 0;
                for (var column = 0; column < columns; column++)
                    expected += (features[i][column] - mean[column]) * components[j][column];
                Assert.Equal(Math.Abs(expected), Math.Abs(reduced[i][j]), 2e-3);
            }
        }
    }

    [Fact]
    public void Fit_WideRowsWithManyDirections_KeepsNearlyAllTheVarianceThatCanBeKept()
    {
        // Spread over 120 directions, slowly falling: the hard case of a randomized method.
        var features = SampleRows.Random(400, 120, seed: 5);
        for (var i = 0; i < features.Rows; i++)
        {
            for (var j = 0; j < 120; j++)
                features[i][j] /= MathF.Sqrt(1 + j);
        }
        var variances = ExactPca.Of(features).Variances;

        var projection = Fit(features, new PcaOptions { Dimensions = 16 });

        Assert.InRange(projection.ExplainedVarianceRatio.ToArray().Sum() / (variances.Take(16).Sum() / variances.Sum()), 0.99, 1.0001);
    }

    [Fact]
    public void Fit_AllDimensions_KeepsDistances()
    {
        var features = SampleRows.Grouped(100, 10);

        var reduced = Project(Fit(features, new PcaOptions { Dimensions = 10, Weighting = 0 }), features);

        for (var i = 1; i < 100; i++)
        {
            Assert.Equal(
                TensorPrimitives.Distance<float>(features[0], features[i]), TensorPrimitives.Distance<float>(reduced[0], reduced[i]), 1e-4);
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(0.25)]
    [InlineData(1)]
    public void Fit_Weighting_ScalesEachDeviationByItsPower(double weighting)
    {
        var features = SampleRows.Grouped(500, 20, groups: 30);
        var plain = Deviations(0);

        var weighted = Deviations(weighting);

        for (var j = 0; j < 6; j++)
            Assert.Equal(plain[j] * Math.Pow(plain[j] / plain[0], weighting), weighted[j], 1e-3);

        double[] Deviations(double power)
        {
            var reduced = Project(Fit(features, new PcaOptions { Dimensions = 6, Weighting = power }), features);
            return [.. Enumerable.Range(0, 6).Select(j => Math.Sqrt(Enumerable.Range(0, 500).Average(i => reduced[i][j] * reduced[i][j])))];
        }
    }

    [Fact]
    public void Constructor_WeightingOutOfRange_SaysTheRange() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PcaReducer(new PcaOptions { Weighting = double.NaN }));

    [Fact]
    public void Fit_OtherSeed_FindsTheSameSubspace()
    {
        var features = SampleRows.Grouped(200, 30, groups: 30);
        var one = Fit(features, new PcaOptions { Dimensions = 8 }, seed: 1).ExplainedVarianceRatio.ToArray();
        var two = Fit(features, new PcaOptions { Dimensions = 8 }, seed: 2).ExplainedVarianceRatio.ToArray();

        for (var i = 0; i < 8; i++)
            Assert.Equal(one[i], two[i], 1e-4f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(150)]
    public void Fit_FewerRowsThanDimensions_TellsLaterRowsApart(int rows)
    {
        var projection = Fit(SampleRows.Grouped(rows, 300), new PcaOptions());
        var later = SampleRows.Random(50, 300, seed: 9);

        var reduced = Project(projection, later);

        Assert.Equal(128, projection.OutputDimensions);
        UnitRows.Normalize(reduced);
        for (var i = 0; i < 50; i++)
        {
            for (var j = 0; j < i; j++)
                Assert.InRange(TensorPrimitives.Dot<float>(reduced[i], reduced[j]), -0.9f, 0.9f);
        }
    }

    [Fact]
    public void Fit_OneRow_LeavesItSimilarToItself()
    {
        var row = SampleRows.Random(1, 300);

        var reduced = Project(Fit(row, new PcaOptions()), row);

        Assert.Equal(TensorPrimitives.Norm<float>(row[0]), TensorPrimitives.Norm<float>(reduced[0]), 1e-3f);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void Fit_FewDifferentRowsRepeated_ExplainsAllTheirVariance(int different)
    {
        var kinds = SampleRows.Random(different, 200);
        var features = kinds.Select([.. Enumerable.Range(0, 500).Select(i => i % different)]);

        var projection = Fit(features, new PcaOptions { Dimensions = 32 });

        Assert.Equal(different == 1 ? 0 : 1, projection.ExplainedVarianceRatio.ToArray().Sum(), 1e-4f);
        Assert.All(Project(projection, features).Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void Fit_DimensionsNotSet_TakesAtMostWhatTheRowsHave() =>
        Assert.Equal(12, Fit(SampleRows.Grouped(50, 12), new PcaOptions()).OutputDimensions);

    [Fact]
    public void Fit_MoreDimensionsThanNumbersARow_QuotesBoth()
    {
        var error = Assert.Throws<ArgumentException>(() => Fit(SampleRows.Grouped(50, 12), new PcaOptions { Dimensions = 77 }));

        Assert.Contains("77", error.Message, StringComparison.Ordinal);
        Assert.Contains("12", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Fit_NumberNotFinite_NamesTheRow(float number)
    {
        var features = SampleRows.Grouped(50, 12);
        features[31][4] = number;

        Assert.Contains(
            "Row 31", Assert.Throws<ArgumentException>(() => Fit(features, new PcaOptions())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EveryByteDamaged_IsInvalidData()
    {
        using var state = new MemoryStream();
        Fit(SampleRows.Grouped(50, 6), new PcaOptions { Dimensions = 2 }).Save(state);
        var bytes = state.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => new PcaReducer().Load(new MemoryStream(bytes)));
            bytes[i] ^= 0x40;
        }
    }

    [Fact]
    public void Load_StateOfAnotherKind_SaysWhichWasExpected()
    {
        using var state = new MemoryStream();
        new NoReduction().Fit(SampleRows.Grouped(5, 6), new FitContext(1)).Save(state);
        state.Position = 0;

        Assert.Contains("IRPC", Assert.Throws<InvalidDataException>(() => new PcaReducer().Load(state)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new PcaReducer(new PcaOptions { Dimensions = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PcaReducer(new PcaOptions { Oversampling = -1 }));
    }

    [Fact]
    public void Options_ChangedAfterwards_DoNotLeakIn()
    {
        var options = new PcaOptions { Dimensions = 3 };
        var reducer = new PcaReducer(options);

        options.Dimensions = 5;

        Assert.Equal("pca(3)", reducer.Name);
    }

    private static IProjection Fit(FeatureMatrix features, PcaOptions options, int seed = 1) =>
        new PcaReducer(options).Fit(features, new FitContext(seed));

    private static FeatureMatrix Project(IProjection projection, FeatureMatrix features)
    {
        var reduced = new FeatureMatrix(features.Rows, projection.OutputDimensions);
        projection.Project(features, reduced);
        return reduced;
    }
}
