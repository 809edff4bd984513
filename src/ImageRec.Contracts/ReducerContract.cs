using ImageRec.Reduction;
using ImageRec.Vectors;

namespace ImageRec.Contracts;

/// <summary>Tests what every <see cref="IReducer"/> promises. Inherit it and say how yours is made.</summary>
public abstract class ReducerContract
{
    private static readonly FeatureMatrix Rows = SampleRows.Grouped(60, 12);

    /// <summary>Makes the reducer under test; rows of 12 dimensions must suit it.</summary>
    protected abstract IReducer Create();

    /// <summary>The name is not empty.</summary>
    [Fact]
    public void Name_Always_IsPrintable() => Assert.False(string.IsNullOrWhiteSpace(Create().Name));

    /// <summary>A projection knows the dimensions before and after.</summary>
    [Fact]
    public void Fit_Rows_GivesItsSizes()
    {
        var projection = Create().Fit(Rows, new FitContext(1));

        Assert.Equal(12, projection.InputDimensions);
        Assert.True(projection.OutputDimensions >= 1);
        Assert.False(string.IsNullOrWhiteSpace(projection.Name));
    }

    /// <summary>Fitting leaves the rows unchanged.</summary>
    [Fact]
    public void Fit_Rows_LeavesThemUnchanged()
    {
        var rows = SampleRows.Grouped(60, 12);

        Create().Fit(rows, new FitContext(1));

        Assert.Equal(Rows.Values.ToArray(), rows.Values.ToArray());
    }

    /// <summary>Rows that change after the fit do not change what was learned.</summary>
    [Fact]
    public void Fit_RowsChangedAfterwards_KeepsWhatItLearned()
    {
        var rows = SampleRows.Grouped(60, 12);
        var projection = Create().Fit(rows, new FitContext(1));
        var before = Projected(projection);

        rows.Values.Span.Clear();

        Assert.Equal(before, Projected(projection));
    }

    /// <summary>The same seed and rows give the same projection, bit for bit.</summary>
    [Fact]
    public void Fit_SameSeedAndRows_RepeatsBitForBit() =>
        Assert.Equal(Projected(Create().Fit(Rows, new FitContext(7))), Projected(Create().Fit(Rows, new FitContext(7))));

    /// <summary>A canceled fit ends normally or with <see cref="OperationCanceledException"/>, not with another error.</summary>
    [Fact]
    public void Fit_Canceled_Stops()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        // A reducer without work to stop may finish; what it may not do is fail otherwise.
        var error = Record.Exception(() => Create().Fit(Rows, new FitContext(1, stopped.Token)));

        Assert.True(error is null or OperationCanceledException, $"{error}");
    }

    /// <summary>The explained variance, where it is known, falls from dimension to dimension and adds up to at most 1.</summary>
    [Fact]
    public void ExplainedVarianceRatio_WhenKnown_FallsAndAddsUpToAtMostOne()
    {
        var projection = Create().Fit(Rows, new FitContext(1));
        var ratio = projection.ExplainedVarianceRatio.ToArray();

        Assert.True(ratio.Length == 0 || ratio.Length == projection.OutputDimensions);
        Assert.All(ratio, share => Assert.InRange(share, 0, 1));
        Assert.Equal(ratio.OrderDescending(), ratio);
        Assert.InRange(ratio.Sum(), 0, 1.0001f);
    }

    /// <summary>A row is projected alone as among others, bit for bit.</summary>
    [Fact]
    public void Project_AnyBatch_GivesTheSameRow()
    {
        var projection = Create().Fit(Rows, new FitContext(1));
        var together = Projected(projection);
        var size = projection.OutputDimensions;

        for (var i = 0; i < Rows.Rows; i++)
        {
            var alone = new FeatureMatrix(1, size);
            projection.Project(Rows.Select([i]), alone);
            Assert.Equal(together[(i * size)..((i + 1) * size)], alone.Values.ToArray());
        }
    }

    /// <summary>A projection overwrites all of the result with finite values.</summary>
    [Fact]
    public void Project_Rows_OverwritesWhatWasThere()
    {
        var projection = Create().Fit(Rows, new FitContext(1));
        var reduced = new FeatureMatrix(Rows.Rows, projection.OutputDimensions);
        reduced.Values.Span.Fill(float.NaN);

        projection.Project(Rows, reduced);

        Assert.Equal(Projected(projection), reduced.Values.ToArray());
        Assert.All(reduced.Values.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    /// <summary>Projecting no rows does nothing.</summary>
    [Fact]
    public void Project_NoRows_IsFine()
    {
        var projection = Create().Fit(Rows, new FitContext(1));

        projection.Project(new FeatureMatrix(0, 12), new FeatureMatrix(0, projection.OutputDimensions));
    }

    /// <summary>Rows of other dimensions are an error that quotes both.</summary>
    [Fact]
    public void Project_RowsOfAnotherLength_QuotesBoth()
    {
        var projection = Create().Fit(Rows, new FitContext(1));

        var error = Assert.ThrowsAny<ArgumentException>(
            () => projection.Project(new FeatureMatrix(2, 13), new FeatureMatrix(2, projection.OutputDimensions)));

        Assert.Contains("13", error.Message, StringComparison.Ordinal);
        Assert.Contains("12", error.Message, StringComparison.Ordinal);
    }

    /// <summary>A result of another shape is an error that quotes both.</summary>
    [Fact]
    public void Project_ResultOfAnotherShape_QuotesBoth()
    {
        var projection = Create().Fit(Rows, new FitContext(1));
        var size = projection.OutputDimensions;

        var wide = Assert.ThrowsAny<ArgumentException>(() => projection.Project(new FeatureMatrix(2, 12), new FeatureMatrix(2, size + 31)));
        Assert.ThrowsAny<ArgumentException>(() => projection.Project(new FeatureMatrix(2, 12), new FeatureMatrix(3, size)));

        Assert.Contains($"{size + 31}", wide.Message, StringComparison.Ordinal);
        Assert.Contains($"{size}", wide.Message, StringComparison.Ordinal);
    }

    /// <summary>Projections from many threads at once equal those from one.</summary>
    [Fact]
    public void Project_ManyThreads_AgreesWithOne()
    {
        var projection = Create().Fit(Rows, new FitContext(1));
        var expected = Projected(projection);

        Parallel.For(0, 64, _ => Assert.Equal(expected, Projected(projection)));
    }

    /// <summary>A projection that was saved and loaded projects the same, bit for bit, and reads no more than its own state.</summary>
    [Fact]
    public void SaveAndLoad_Projection_ProjectsBitForBitAlike()
    {
        var projection = Create().Fit(Rows, new FitContext(1));
        using var state = new MemoryStream();
        projection.Save(state);
        state.WriteByte(255);
        state.Position = 0;

        var loaded = Create().Load(state);

        Assert.Equal(projection.Name, loaded.Name);
        Assert.Equal(projection.ExplainedVarianceRatio.ToArray(), loaded.ExplainedVarianceRatio.ToArray());
        Assert.Equal(Projected(projection), Projected(loaded));
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

    private static float[] Projected(IProjection projection)
    {
        var reduced = new FeatureMatrix(Rows.Rows, projection.OutputDimensions);
        projection.Project(Rows, reduced);
        return reduced.Values.ToArray();
    }
}
