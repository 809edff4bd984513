using ImageRec.Evaluation.Metrics;
using ImageRec.Vectors;

namespace ImageRec.Tests.Evaluation;

public class ClusteringMetricsTests
{
    // Two pairs on a line: 0 and 2, 10 and 14.
    private static readonly FeatureMatrix Line = FeatureMatrix.Wrap([0, 2, 10, 14], 1);
    private static readonly int[] Pairs = [0, 0, 1, 1];

    [Fact]
    public void Inertia_ByHand_SumsSquaredDistancesToTheMeans() =>
        Assert.Equal(1 + 1 + 4 + 4, ClusteringMetrics.Inertia(Line, Pairs), 1e-6);

    [Fact]
    public void Silhouette_ByHand_ComparesOwnAndNearestGroup()
    {
        // a and b of each row: 2 and 12; 2 and 10; 4 and 9; 4 and 13.
        Assert.Equal((10 / 12.0 + 8 / 10.0 + 5 / 9.0 + 9 / 13.0) / 4, ClusteringMetrics.Silhouette(Line, Pairs), 1e-6);
        // A row alone in its group counts 0.
        Assert.Equal((10 / 12.0 + 8 / 10.0) / 3, ClusteringMetrics.Silhouette(FeatureMatrix.Wrap([0, 2, 12], 1), [0, 0, 1]), 0.02);
        Assert.True(double.IsNaN(ClusteringMetrics.Silhouette(Line, [1, 1, 1, 1])));
    }

    [Fact]
    public void DaviesBouldin_ByHand_RelatesSpreadToDistance()
    {
        // Means 1 and 12, mean distances 1 and 2. Group 1 stays empty.
        Assert.Equal(3 / 11.0, ClusteringMetrics.DaviesBouldin(Line, [0, 0, 2, 2]), 1e-6);
        Assert.True(double.IsNaN(ClusteringMetrics.DaviesBouldin(Line, [0, 0, 0, 0])));
    }

    [Fact]
    public void PurityAndMutualInformation_ByHand_CompareWithCategories()
    {
        Assert.Equal(0.75, ClusteringMetrics.Purity(Pairs, ["a", "a", "a", "b"]));
        Assert.Equal(1, ClusteringMetrics.NormalizedMutualInformation(Pairs, ["x", "x", "y", "y"]), 1e-12);
        Assert.Equal(0, ClusteringMetrics.NormalizedMutualInformation(Pairs, ["x", "y", "x", "y"]), 1e-12);
        Assert.Equal(1, ClusteringMetrics.NormalizedMutualInformation([0, 0], ["x", "x"]));
        Assert.Throws<ArgumentException>(() => ClusteringMetrics.Purity([0], ["a", "b"]));
        Assert.Throws<ArgumentException>(() => ClusteringMetrics.Inertia(Line, [0]));
    }

    [Fact]
    public void Metrics_ScikitLearnCases_AgreeWithItsFigures()
    {
        foreach (var figures in SklearnFigures.Cases("clusterings"))
        {
            var lines = figures.GetProperty("rows").EnumerateArray()
                .Select(r => r.EnumerateArray().Select(v => v.GetSingle()).ToArray()).ToList();
            var rows = FeatureMatrix.Wrap([.. lines.SelectMany(l => l)], lines[0].Length);
            int[] groups = [.. figures.Numbers("labels").Select(l => (int)l)];
            var truth = figures.Strings("truth");
            Assert.Equal(figures.Number("inertia"), ClusteringMetrics.Inertia(rows, groups), 1e-3);
            Assert.Equal(figures.Number("silhouette"), ClusteringMetrics.Silhouette(rows, groups), 1e-5);
            Assert.Equal(figures.Number("davies_bouldin"), ClusteringMetrics.DaviesBouldin(rows, groups), 1e-5);
            Assert.Equal(figures.Number("purity"), ClusteringMetrics.Purity(groups, truth), 1e-12);
            var information = ClusteringMetrics.NormalizedMutualInformation(groups, truth);
            Assert.Equal(figures.Number("normalized_mutual_information"), information, 1e-9);
        }
    }

    [Fact]
    public void Silhouette_Sampled_StaysNearTheWhole()
    {
        var random = new Random(3);
        var rows = new FeatureMatrix(3000, 4);
        var groups = new int[3000];
        for (var i = 0; i < rows.Rows; i++)
        {
            groups[i] = i % 3;
            for (var j = 0; j < 4; j++)
                rows[i][j] = (groups[i] == j ? 3 : 0) + random.NextSingle();
        }
        var whole = ClusteringMetrics.Silhouette(rows, groups, sample: 3000);
        Assert.Equal(whole, ClusteringMetrics.Silhouette(rows, groups, sample: 500), 0.01);
    }

    [Fact]
    public void Skewness_ScikitLearnCases_AgreesWithScipy()
    {
        foreach (var figures in SklearnFigures.Cases("skewness"))
            Assert.Equal(figures.Number("skewness"), IndexMetrics.Skewness(figures.Numbers("values")), 1e-9);
        Assert.Equal(0, IndexMetrics.Skewness([2, 2, 2]));
    }
}
