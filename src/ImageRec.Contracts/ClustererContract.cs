using ImageRec.Clustering;
using ImageRec.Vectors;

namespace ImageRec.Contracts;

/// <summary>Tests what every <see cref="IClusterer"/> promises. Inherit it and say how yours is made.</summary>
public abstract class ClustererContract
{
    private static readonly FeatureMatrix Rows = SampleRows.Unit(80, 9);

    /// <summary>Makes the clusterer under test; 80 rows of 9 dimensions must suit it.</summary>
    protected abstract IClusterer Create();

    /// <summary>The name is not empty.</summary>
    [Fact]
    public void Name_Always_IsPrintable() => Assert.False(string.IsNullOrWhiteSpace(Create().Name));

    /// <summary>A clustering has one finite centroid per group, of the dimensions of the rows.</summary>
    [Fact]
    public void Fit_Rows_GivesCentroidsOfTheirLength()
    {
        var clustering = Create().Fit(Rows, new FitContext(1));

        Assert.InRange(clustering.ClusterCount, 1, Rows.Rows);
        Assert.Equal(clustering.ClusterCount, clustering.Centroids.Rows);
        Assert.Equal(9, clustering.Centroids.Columns);
        Assert.All(clustering.Centroids.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.False(string.IsNullOrWhiteSpace(clustering.Name));
    }

    /// <summary>Fitting leaves the rows unchanged.</summary>
    [Fact]
    public void Fit_Rows_LeavesThemUnchanged()
    {
        var rows = SampleRows.Unit(80, 9);

        Create().Fit(rows, new FitContext(1));

        Assert.Equal(Rows.Values.ToArray(), rows.Values.ToArray());
    }

    /// <summary>Rows that change after the fit do not change what was learned.</summary>
    [Fact]
    public void Fit_RowsChangedAfterwards_KeepsWhatItLearned()
    {
        var rows = SampleRows.Unit(80, 9);
        var clustering = Create().Fit(rows, new FitContext(1));
        var before = Assigned(clustering);

        rows.Values.Span.Clear();

        Assert.Equal(before, Assigned(clustering));
    }

    /// <summary>The same seed and rows give the same centroids and groups, bit for bit.</summary>
    [Fact]
    public void Fit_SameSeedAndRows_RepeatsBitForBit()
    {
        var first = Create().Fit(Rows, new FitContext(7));
        var second = Create().Fit(Rows, new FitContext(7));

        Assert.Equal(first.Centroids.Values.ToArray(), second.Centroids.Values.ToArray());
        Assert.Equal(Assigned(first), Assigned(second));
    }

    /// <summary>A canceled fit ends normally or with <see cref="OperationCanceledException"/>, not with another error.</summary>
    [Fact]
    public void Fit_Canceled_Stops()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        // A clusterer without work to stop may finish; what it may not do is fail otherwise.
        var error = Record.Exception(() => Create().Fit(Rows, new FitContext(1, stopped.Token)));

        Assert.True(error is null or OperationCanceledException, $"{error}");
    }

    /// <summary>Any row, a zero row included, belongs to a group.</summary>
    [Fact]
    public void Assign_AnyRow_IsAClusterNumber()
    {
        var clustering = Create().Fit(Rows, new FitContext(1));

        Assert.All(Assigned(clustering), cluster => Assert.InRange(cluster, 0, clustering.ClusterCount - 1));
        Assert.InRange(clustering.Assign(new float[9]), 0, clustering.ClusterCount - 1);
    }

    /// <summary>A row of other dimensions is an error that quotes both.</summary>
    [Fact]
    public void Assign_RowOfAnotherLength_QuotesBoth()
    {
        var clustering = Create().Fit(Rows, new FitContext(1));

        var error = Assert.ThrowsAny<ArgumentException>(() => clustering.Assign(new float[23]));

        Assert.Contains("23", error.Message, StringComparison.Ordinal);
        Assert.Contains("9", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Assignments from many threads at once equal those from one.</summary>
    [Fact]
    public void Assign_ManyThreads_AgreesWithOne()
    {
        var clustering = Create().Fit(Rows, new FitContext(1));
        var expected = Assigned(clustering);

        Parallel.For(0, 64, _ => Assert.Equal(expected, Assigned(clustering)));
    }

    /// <summary>A clustering that was saved and loaded assigns the same, and reads no more than its own state.</summary>
    [Fact]
    public void SaveAndLoad_Clustering_AssignsAlike()
    {
        var clustering = Create().Fit(Rows, new FitContext(1));
        using var state = new MemoryStream();
        clustering.Save(state);
        state.WriteByte(255);
        state.Position = 0;

        var loaded = Create().Load(state);

        Assert.Equal(clustering.Name, loaded.Name);
        Assert.Equal(clustering.Centroids.Values.ToArray(), loaded.Centroids.Values.ToArray());
        Assert.Equal(Assigned(clustering), Assigned(loaded));
    }

    /// <summary>No data, or other data, is refused with <see cref="InvalidDataException"/>.</summary>
    [Fact]
    public void Load_OtherData_IsInvalidData()
    {
        Assert.Throws<InvalidDataException>(() => Create().Load(new MemoryStream()));
        Assert.Throws<InvalidDataException>(() => Create().Load(new MemoryStream([.. Enumerable.Repeat((byte)'x', 4096)])));
    }

    /// <summary>A state that was cut short anywhere is refused with <see cref="InvalidDataException"/>.</summary>
    [Fact]
    public void Load_StateCutShort_IsInvalidData()
    {
        using var state = new MemoryStream();
        Create().Fit(Rows, new FitContext(1)).Save(state);
        var bytes = state.ToArray();

        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 50))
            Assert.Throws<InvalidDataException>(() => Create().Load(new MemoryStream(bytes, 0, length)));
    }

    private static int[] Assigned(IClustering clustering) =>
        [.. Enumerable.Range(0, Rows.Rows).Select(i => clustering.Assign(Rows[i]))];
}
