using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Contracts;

/// <summary>Tests what every <see cref="ICategoryLearner"/> promises. Inherit it and say how yours is made.</summary>
public abstract class CategoryLearnerContract
{
    private const int Count = 90;
    private static readonly FeatureMatrix Rows = SampleRows.Unit(Count, 9);
    // Ordinal order puts capitals first; the groups of the rows repeat every five.
    private static readonly string[] Five = ["shoe", "Hat", "dress", "über", "bag"];
    private static readonly string[] Names = [.. Enumerable.Range(0, Count).Select(i => Five[i % 5])];

    /// <summary>Makes the learner under test; 90 rows of 9 dimensions in five groups must suit it.</summary>
    protected abstract ICategoryLearner Create();

    /// <summary>The name is not empty.</summary>
    [Fact]
    public void Name_Always_IsPrintable() => Assert.False(string.IsNullOrWhiteSpace(Create().Name));

    /// <summary>Candidates have different names of one kind, and each is its own only candidate.</summary>
    [Fact]
    public void Candidates_Always_HaveDifferentNamesAndAreSettled()
    {
        var candidates = Create().Candidates;

        Assert.NotEmpty(candidates);
        Assert.Equal(candidates.Count, candidates.Select(c => c.Name).Distinct().Count());
        Assert.All(candidates, candidate => Assert.Equal(candidate.Name, Assert.Single(candidate.Candidates).Name));
        // A catalog file is opened by the kind, which stands before the settings.
        Assert.All(candidates, candidate => Assert.Equal(Create().Name.Split('(')[0], candidate.Name.Split('(')[0]));
    }

    /// <summary>A classifier lists the categories of its rows in ordinal order.</summary>
    [Fact]
    public void Fit_Rows_KnowsTheirCategoriesInOrdinalOrder()
    {
        var classifier = Create().Fit(Rows, Names, new FitContext(1));

        Assert.Equal(["Hat", "bag", "dress", "shoe", "über"], classifier.Categories);
        Assert.Equal(9, classifier.Dimensions);
        Assert.False(string.IsNullOrWhiteSpace(classifier.Name));
    }

    /// <summary>At least eight in ten of the rows it learned from are predicted right.</summary>
    [Fact]
    public void Predict_RowsThatTaughtIt_AreMostlyRight()
    {
        var classifier = Create().Fit(Rows, Names, new FitContext(1));
        var probabilities = Predicted(classifier);

        var right = Enumerable.Range(0, Count).Count(i => classifier.Categories[Best(probabilities, i, 5)] == Names[i]);

        Assert.InRange(right, Count * 8 / 10, Count);
    }

    /// <summary>Probabilities of any row, a zero row included, are from 0 to 1 and add up to 1.</summary>
    [Fact]
    public void Predict_AnyRow_AddsUpToOne()
    {
        var classifier = Create().Fit(Rows, Names, new FitContext(1));
        var strange = SampleRows.Random(20, 9, seed: 5);
        UnitRows.Normalize(strange);
        strange[7].Clear();
        var probabilities = new FeatureMatrix(20, 5);
        probabilities.Values.Span.Fill(float.NaN);

        classifier.Predict(strange, probabilities);

        Assert.All(probabilities.Values.ToArray(), value => Assert.InRange(value, 0, 1));
        for (var i = 0; i < 20; i++)
            Assert.Equal(1, probabilities[i].ToArray().Sum(), 1e-4f);
    }

    /// <summary>Fitting leaves the rows unchanged.</summary>
    [Fact]
    public void Fit_Rows_LeavesThemUnchanged()
    {
        var rows = SampleRows.Unit(Count, 9);

        Create().Fit(rows, Names, new FitContext(1));

        Assert.Equal(Rows.Values.ToArray(), rows.Values.ToArray());
    }

    /// <summary>Rows that change after the fit do not change what was learned.</summary>
    [Fact]
    public void Fit_RowsChangedAfterwards_KeepsWhatItLearned()
    {
        var rows = SampleRows.Unit(Count, 9);
        var classifier = Create().Fit(rows, Names, new FitContext(1));
        var before = Predicted(classifier);

        rows.Values.Span.Clear();

        Assert.Equal(before, Predicted(classifier));
    }

    /// <summary>The same seed and rows give the same predictions, bit for bit.</summary>
    [Fact]
    public void Fit_SameSeedAndRows_RepeatsBitForBit() =>
        Assert.Equal(Predicted(Create().Fit(Rows, Names, new FitContext(7))), Predicted(Create().Fit(Rows, Names, new FitContext(7))));

    /// <summary>Two categories are enough, even when one of them has a single row.</summary>
    [Fact]
    public void Fit_TwoCategoriesOneOfThemOnce_Works()
    {
        var names = Enumerable.Range(0, Count).Select(i => i == 4 ? "rare" : "common").ToArray();

        var classifier = Create().Fit(Rows, names, new FitContext(1));

        Assert.Equal(["common", "rare"], classifier.Categories);
        Assert.All(Predicted(classifier), value => Assert.InRange(value, 0, 1));
    }

    /// <summary>One category only, or another number of categories than rows, is an error that quotes the numbers.</summary>
    [Fact]
    public void Fit_OneCategoryOrOtherCount_QuotesTheNumbers()
    {
        var one = Assert.ThrowsAny<ArgumentException>(() => Create().Fit(Rows, [.. Names.Select(_ => "same")], new FitContext(1)));
        Assert.Contains("1 categor", one.Message, StringComparison.Ordinal);
        var other = Assert.ThrowsAny<ArgumentException>(() => Create().Fit(Rows, Names[..77], new FitContext(1)));
        Assert.Contains("77", other.Message, StringComparison.Ordinal);
        Assert.Contains("90", other.Message, StringComparison.Ordinal);
    }

    /// <summary>A canceled fit ends normally or with <see cref="OperationCanceledException"/>, not with another error.</summary>
    [Fact]
    public void Fit_Canceled_Stops()
    {
        using var stopped = new CancellationTokenSource();
        stopped.Cancel();

        var error = Record.Exception(() => Create().Fit(Rows, Names, new FitContext(1, stopped.Token)));

        Assert.True(error is null or OperationCanceledException, $"{error}");
    }

    /// <summary>A row has the same probabilities alone as among others, bit for bit.</summary>
    [Fact]
    public void Predict_AnyBatch_GivesTheSameRow()
    {
        var classifier = Create().Fit(Rows, Names, new FitContext(1));
        var together = Predicted(classifier);

        for (var i = 0; i < Count; i += 7)
        {
            var alone = new FeatureMatrix(1, 5);
            classifier.Predict(Rows.Select([i]), alone);
            Assert.Equal(together[(i * 5)..((i + 1) * 5)], alone.Values.ToArray());
        }
    }

    /// <summary>Predicting no rows does nothing.</summary>
    [Fact]
    public void Predict_NoRows_IsFine() =>
        Create().Fit(Rows, Names, new FitContext(1)).Predict(new FeatureMatrix(0, 9), new FeatureMatrix(0, 5));

    /// <summary>Rows or probabilities of another shape are an error that quotes both.</summary>
    [Fact]
    public void Predict_OtherShapes_QuotesBoth()
    {
        var classifier = Create().Fit(Rows, Names, new FitContext(1));

        var rows = Assert.ThrowsAny<ArgumentException>(() => classifier.Predict(new FeatureMatrix(2, 23), new FeatureMatrix(2, 5)));
        Assert.Contains("23", rows.Message, StringComparison.Ordinal);
        Assert.Contains("9", rows.Message, StringComparison.Ordinal);
        Assert.ThrowsAny<ArgumentException>(() => classifier.Predict(new FeatureMatrix(2, 9), new FeatureMatrix(2, 6)));
        Assert.ThrowsAny<ArgumentException>(() => classifier.Predict(new FeatureMatrix(2, 9), new FeatureMatrix(3, 5)));
    }

    /// <summary>Predictions from many threads at once equal those from one.</summary>
    [Fact]
    public void Predict_ManyThreads_AgreesWithOne()
    {
        var classifier = Create().Fit(Rows, Names, new FitContext(1));
        var expected = Predicted(classifier);

        Parallel.For(0, 32, _ => Assert.Equal(expected, Predicted(classifier)));
    }

    /// <summary>A classifier that was saved and loaded predicts the same, bit for bit, and reads no more than its own state.</summary>
    [Fact]
    public void SaveAndLoad_Classifier_PredictsBitForBitAlike()
    {
        var classifier = Create().Fit(Rows, Names, new FitContext(1));
        using var state = new MemoryStream();
        classifier.Save(state);
        state.WriteByte(255);
        state.Position = 0;

        var loaded = Create().Load(state, classifier.Categories);

        Assert.Equal(classifier.Name, loaded.Name);
        Assert.Equal(classifier.Categories, loaded.Categories);
        Assert.Equal(Predicted(classifier), Predicted(loaded));
    }

    /// <summary>No data, or other data, is refused with <see cref="InvalidDataException"/>.</summary>
    [Fact]
    public void Load_OtherData_IsInvalidData()
    {
        Assert.Throws<InvalidDataException>(() => Create().Load(new MemoryStream(), ["a", "b"]));
        Assert.Throws<InvalidDataException>(() => Create().Load(new MemoryStream([.. Enumerable.Repeat((byte)'x', 4096)]), ["a", "b"]));
    }

    /// <summary>A state that was cut short anywhere is refused with <see cref="InvalidDataException"/>.</summary>
    [Fact]
    public void Load_StateCutShort_IsInvalidData()
    {
        using var state = new MemoryStream();
        var classifier = Create().Fit(Rows, Names, new FitContext(1));
        classifier.Save(state);
        var bytes = state.ToArray();

        for (var length = 0; length < bytes.Length; length += Math.Max(1, bytes.Length / 50))
            Assert.Throws<InvalidDataException>(() => Create().Load(new MemoryStream(bytes, 0, length), classifier.Categories));
    }

    /// <summary>A state for another number of categories is refused with <see cref="InvalidDataException"/>.</summary>
    [Fact]
    public void Load_OtherNumberOfCategories_IsInvalidData()
    {
        using var state = new MemoryStream();
        Create().Fit(Rows, Names, new FitContext(1)).Save(state);
        state.Position = 0;

        Assert.Throws<InvalidDataException>(() => Create().Load(state, ["a", "b"]));
    }

    private static int Best(float[] probabilities, int row, int count) =>
        Enumerable.Range(0, count).MaxBy(c => probabilities[(row * count) + c]);

    private static float[] Predicted(ICategoryClassifier classifier)
    {
        var probabilities = new FeatureMatrix(Count, classifier.Categories.Count);
        classifier.Predict(Rows, probabilities);
        return probabilities.Values.ToArray();
    }
}
