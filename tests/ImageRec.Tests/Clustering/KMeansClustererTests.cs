using System.Numerics.Tensors;
using ImageRec.Clustering;
using ImageRec.Contracts;
using ImageRec.Vectors;

namespace ImageRec.Tests.Clustering;

public sealed class KMeansClustererTests
{
    [Theory]
    [InlineData(400, 12, 5)]
    [InlineData(600, 24, 16)]
    [InlineData(1000, 8, 40)]
    public void Fit_Rows_ComesAsCloseAsLloydsAlgorithm(int rows, int columns, int clusters)
    {
        var unitRows = SampleRows.Grouped(rows, columns, groups: clusters, spread: 0.6f);
        UnitRows.Normalize(unitRows);
        var reference = Enumerable.Range(0, 5).Select(seed => PlainKMeans.Inertia(unitRows, clusters, seed)).Order().ElementAt(2);

        var clustering = Fit(unitRows, clusters);

        Assert.Equal(clusters, clustering.ClusterCount);
        Assert.InRange(clustering.Inertia, 0, 1.05 * reference);
    }

    [Fact]
    public void Inertia_Always_IsTheMeanSquaredDistanceToTheNearestCentroid()
    {
        var unitRows = SampleRows.Unit(300, 10);
        var clustering = Fit(unitRows, 9);

        double sum = 0;
        for (var i = 0; i < 300; i++)
        {
            var distances = Enumerable.Range(0, 9)
                .Select(c => TensorPrimitives.Distance<float>(unitRows[i], clustering.Centroids[c]))
                .ToArray();
            Assert.Equal(distances.Min(), distances[clustering.Assign(unitRows[i])], 1e-6f);
            sum += Math.Pow(distances.Min(), 2);
        }

        Assert.Equal(sum / 300, clustering.Inertia, 1e-5);
    }

    [Fact]
    public void Fit_GroupsFarApart_FindsThem()
    {
        var unitRows = SampleRows.Grouped(500, 16, groups: 5, spread: 0.05f);
        UnitRows.Normalize(unitRows);

        var assigned = Fit(unitRows, 5).AssignAll(unitRows, TestContext.Current.CancellationToken);

        for (var i = 5; i < 500; i++)
            Assert.Equal(assigned[i % 5], assigned[i]);
        Assert.Equal(5, assigned.Distinct().Count());
    }

    [Fact]
    public void Fit_EveryCluster_HasMembers()
    {
        var unitRows = SampleRows.Unit(300, 10);

        var clustering = Fit(unitRows, 20);

        Assert.Equal(20, clustering.AssignAll(unitRows, TestContext.Current.CancellationToken).Distinct().Count());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1)]
    [InlineData(7, 7)]
    [InlineData(64, 64)]
    public void Fit_FewerDifferentRowsThanClusters_GivesEachItsOwn(int different, int expected)
    {
        var kinds = SampleRows.Unit(different, 10);
        var unitRows = kinds.Select([.. Enumerable.Range(0, different * 3).Select(i => i % different)]);

        var clustering = Fit(unitRows, 64);

        Assert.Equal(expected, clustering.ClusterCount);
        Assert.Equal($"k-means({expected})", clustering.Name);
        Assert.InRange(clustering.Inertia, 0, 1e-6f);
        for (var i = 0; i < different; i++)
            Assert.Equal(i, clustering.Assign(kinds[i]));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(50, 5)]
    [InlineData(800, 20)]
    [InlineData(20000, 64)]
    public void Fit_ClustersNotSet_GrowsWithTheSampleUpToSixtyFour(int rows, int clusters) =>
        Assert.Equal(clusters, new KMeansClusterer().Fit(SampleRows.Unit(rows, 3), new FitContext(1)).ClusterCount);

    [Fact]
    public void Assign_EquallyNear_TakesTheFirst()
    {
        var unitRows = FeatureMatrix.Wrap([1, 0, 0, 0, 1, 0, 0, 0, 1], 3);
        var clustering = Fit(unitRows, 3);

        Assert.Equal(0, clustering.Assign([0, 0, 0]));
        Assert.Equal(1, clustering.Assign([0, 0.5f, 0.5f]));
    }

    [Fact]
    public void Fit_NumberNotFinite_NamesTheRow()
    {
        var unitRows = SampleRows.Unit(100, 10);
        unitRows[97][1] = float.NaN;

        Assert.Contains("Row 97", Assert.Throws<ArgumentException>(() => Fit(unitRows, 3)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_EveryByteDamaged_IsInvalidData()
    {
        using var state = new MemoryStream();
        Fit(SampleRows.Unit(50, 6), 3).Save(state);
        var bytes = state.ToArray();
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x40;
            Assert.Throws<InvalidDataException>(() => new KMeansClusterer().Load(new MemoryStream(bytes)));
            bytes[i] ^= 0x40;
        }
    }

    [Fact]
    public void Load_State_KeepsTheInertia()
    {
        using var state = new MemoryStream();
        var clustering = Fit(SampleRows.Unit(50, 6), 3);
        clustering.Save(state);
        state.Position = 0;

        Assert.Equal(clustering.Inertia, ((KMeansClustering)new KMeansClusterer().Load(state)).Inertia);
    }

    [Fact]
    public void Options_OutOfRange_AreRefused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new KMeansClusterer(new KMeansOptions { Clusters = 0 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new KMeansClusterer(new KMeansOptions { MaxIterations = 0 }));
    }

    private static KMeansClustering Fit(FeatureMatrix unitRows, int clusters) =>
        (KMeansClustering)new KMeansClusterer(new KMeansOptions { Clusters = clusters }).Fit(unitRows, new FitContext(3));
}
