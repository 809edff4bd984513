using ImageRec.Contracts;
using ImageRec.Learning;
using ImageRec.Vectors;

namespace ImageRec.Tests.Learning;

public sealed class CategoryStudyTests
{
    private static LearnedCategories Study(FeatureMatrix rows, IReadOnlyList<string?> categories, RowFacts? facts = null) =>
        new CategoryStudy(new KernelRidgeLearner(0.5f, 0.1f), weight: null, folds: 5).Run(rows, categories, new FitContext(1), facts);

    /// <summary>Categories drawn by lot for each thing: nothing can be learned but to know things again.</summary>
    private static string[] ByLot(int things, int views, int seed = 3)
    {
        var random = new Random(seed);
        var lots = Enumerable.Range(0, things).Select(_ => $"type-{random.Next(4)}").ToArray();
        return [.. Enumerable.Range(0, things * views).Select(i => lots[i / views])];
    }

    [Fact]
    public void Run_SeveralPhotosOfEachProduct_BelievesWhatStrangersGet()
    {
        var rows = PhotoGroupsTests.Views(100, 4, 24, 0.15f);
        var report = Study(rows, ByLot(100, 4)).Report;
        Assert.InRange(report.HeldOutAccuracy, 0, 0.5);
        Assert.InRange(report.TrainingAccuracy, 0.9, 1);
        Assert.InRange(report.HeldOutGroups, 80, 100);
        Assert.InRange(report.Temperature, 1.2f, 20);
        // Photos of other products than the query's: a category by lot is found in a quarter of the answers.
        Assert.InRange(report.PicturePrecisionAt5, 0.1, 0.45);
        Assert.Null(report.HeldOutNote);
    }

    [Fact]
    public void Run_ProductsThatDoNotLookAlike_AreKeptTogetherByTheirNames()
    {
        // Each product has two looks, far from one another, so that rows alone do not tell.
        var looks = PhotoGroupsTests.Views(120, 1, 24, 0);
        var rows = looks.Select([.. Enumerable.Range(0, 240).Select(i => i % 120)]);
        var noise = SampleRows.Random(240, 24, seed: 9);
        for (var i = 0; i < 240; i++)
            for (var j = 0; j < 24; j++)
                rows[i][j] += 0.28f * noise[i][j];
        UnitRows.Normalize(rows);
        var categories = ByLot(120, 1).Concat(ByLot(120, 1)).ToArray();
        var things = Enumerable.Range(0, 240).Select(i => $"product {i % 120}").ToArray();
        var named = Study(rows, categories, new RowFacts(things)).Report;
        Assert.Equal(120, named.HeldOutGroups);
        Assert.InRange(named.HeldOutAccuracy, 0, 0.5);
    }

    [Fact]
    public void Run_PhotosTheNetworkKnows_CountInNoFigure()
    {
        // What it knows it tells without fail; the others are by lot.
        var (easy, hard) = (SampleRows.Unit(200, 24, seed: 5), PhotoGroupsTests.Views(120, 1, 24, 0, seed: 8));
        var rows = new FeatureMatrix(320, 24);
        easy.Values.CopyTo(rows.Values);
        hard.Values.CopyTo(rows.Values[(200 * 24)..]);
        string[] categories = [.. Enumerable.Range(0, 200).Select(i => $"type-{i % 5}"), .. ByLot(120, 1)];
        bool[] known = [.. Enumerable.Range(0, 320).Select(i => i < 200)];
        Assert.InRange(Study(rows, categories).Report.HeldOutAccuracy, 0.6, 1);
        var report = Study(rows, categories, new RowFacts(KnownToNetwork: known)).Report;
        Assert.InRange(report.HeldOutAccuracy, 0, 0.5);
        Assert.False(report.IsFlattered);
        Assert.Equal(200, report.KnownToNetwork);
        Assert.Contains("learned from 200 of these photos; figures are of the other 120", report.HeldOutNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NetworkKnowsAllPhotos_SaysThatNothingIsKnown()
    {
        var rows = SampleRows.Unit(200, 24, seed: 5);
        string[] categories = [.. Enumerable.Range(0, 200).Select(i => $"type-{i % 5}")];
        var report = Study(rows, categories, new RowFacts(KnownToNetwork: [.. Enumerable.Repeat(true, 200)])).Report;
        Assert.True(report.IsFlattered);
        Assert.InRange(report.Temperature, 1, 20);
        Assert.Contains("not known", report.HeldOutNote, StringComparison.Ordinal);
        Assert.Contains("200 of these very photos", report.HeldOutNote, StringComparison.Ordinal);
        Assert.Null(report.Note);
    }

    [Fact]
    public void Run_CategoryWhosePhotosAreNearlyTheSame_IsToldByOneAnotherAndSaysSo()
    {
        var rows = PhotoGroupsTests.Views(41, 6, 24, 0.05f);
        string[] categories = [.. Enumerable.Range(0, rows.Rows).Select(i => i < 6 ? "lone" : $"type-{i / 6 % 2}")];
        var report = Study(rows, categories).Report;
        Assert.Contains("'lone' are nearly the same", report.HeldOutNote, StringComparison.Ordinal);
        // By product ids it is one product all the same: nothing is left to learn it from.
        var named = Study(rows, categories, new RowFacts([.. Enumerable.Range(0, rows.Rows).Select(i => $"{i / 6}")])).Report;
        Assert.DoesNotContain("nearly the same", named.HeldOutNote, StringComparison.Ordinal);
        Assert.Contains("1 of 3 categories show fewer than 5 different things", named.HeldOutNote, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NoteOnHeldOutFigures_IsNoReasonNotToLoadTheClassifier()
    {
        var rows = SampleRows.Unit(60, 8);
        var learned = Study(rows, [.. Enumerable.Range(0, 60).Select(i => i < 2 ? "rare" : $"type-{i % 2}")]);
        Assert.NotNull(learned.Report.HeldOutNote);
        using var state = new MemoryStream();
        learned.Save(state);
        state.Position = 0;
        Assert.NotNull(LearnedCategories.Load(state, new KernelRidgeLearner(), 8, learned.Report).Part);
    }

    [Fact]
    public void CautiousTemperature_FewGroups_IsHigherThanOfManyRows()
    {
        var probabilities = FeatureMatrix.Wrap([.. Enumerable.Repeat(new[] { 0.9f, 0.1f }, 200).SelectMany(p => p)], 2);
        int[] labels = [.. Enumerable.Range(0, 200).Select(i => i / 20 % 10 == 0 ? 1 : 0)];
        var least = Calibration.Temperature(probabilities, labels);
        var alone = Calibration.CautiousTemperature(probabilities, labels, [.. Enumerable.Range(0, 200)]);
        var grouped = Calibration.CautiousTemperature(probabilities, labels, [.. Enumerable.Range(0, 200).Select(i => i / 20)]);
        Assert.InRange(alone, least, grouped);
        Assert.True(grouped > alone * 1.1f);
    }

    [Fact]
    public void Run_FarMoreRowsThanAMachine_ChoosesOnASampleWhatAllRowsWouldChoose()
    {
        var rows = PhotoGroupsTests.Views(600, 1, 12, 0);
        string[] categories = [.. Enumerable.Range(0, 600).Select(i => rows[i][0] * rows[i][1] > 0 ? "same" : "different")];
        var whole = new CategoryStudy(new KernelRidgeLearner(), null, 5).Run(rows, categories, new FitContext(1)).Report;
        var parts = new CategoryStudy(new KernelRidgeLearner { MostRows = 100 }, null, 5).Run(rows, categories, new FitContext(1)).Report;
        Assert.Equal(whole.LabeledRows, parts.LabeledRows);
        Assert.Equal(whole.HeldOutGroups, parts.HeldOutGroups);
        Assert.InRange(parts.HeldOutAccuracy, whole.HeldOutAccuracy - 0.08, 1);
    }

    [Fact]
    public void Of_ManyRows_SamplesEveryCategoryInItsShareAndKeepsGroupsWhole()
    {
        var rows = PhotoGroupsTests.Views(300, 2, 24, 0.05f);
        var labels = Enumerable.Range(0, 600).Select(i => i / 2 % 3 == 0 ? 0 : 1).ToArray();
        var things = Enumerable.Range(0, 600).Select(i => $"{i / 2}").ToArray();
        var groups = new CategoryGroups(rows, ["a", "b"], labels, 5, new RowFacts(things), TestContext.Current.CancellationToken);
        var sample = ChoiceSample.Of(labels, groups, 150, seed: 1)!;
        Assert.Equal(150, sample.Rows.Length);
        Assert.Equal(50, sample.Rows.Count(i => labels[i] == 0));
        Assert.All(sample.Rows.GroupBy(i => i / 2), group => Assert.Equal(2, group.Count()));
        Assert.Equal(sample.Rows, ChoiceSample.Of(labels, groups, 150, seed: 1)!.Rows);
        Assert.NotEqual(sample.Rows, ChoiceSample.Of(labels, groups, 150, seed: 2)!.Rows);
        // 15 rows of each category would be too few, and 600 are all there are.
        Assert.Null(ChoiceSample.Of(labels, groups, 30, seed: 1));
        Assert.Null(ChoiceSample.Of(labels, groups, 600, seed: 1));
        Assert.Null(ChoiceSample.Of(labels, groups, most: null, seed: 1));
    }
}
