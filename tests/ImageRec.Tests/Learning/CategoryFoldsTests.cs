using ImageRec.Contracts;
using ImageRec.Learning;

namespace ImageRec.Tests.Learning;

public sealed class CategoryFoldsTests
{
    [Fact]
    public void Assign_Categories_AreInEveryFoldAlike()
    {
        var rows = SampleRows.Random(100, 4);
        var labels = Enumerable.Range(0, 100).Select(i => i < 80 ? 0 : 1).ToArray();
        var folds = CategoryFolds.Assign(rows, labels, 5, seed: 3);
        for (var fold = 0; fold < 5; fold++)
        {
            Assert.Equal(16, Enumerable.Range(0, 80).Count(i => folds[i] == fold));
            Assert.Equal(4, Enumerable.Range(80, 20).Count(i => folds[i] == fold));
        }
    }

    [Fact]
    public void Assign_EqualRows_AreNeverOnBothSides()
    {
        var rows = SampleRows.Random(60, 4);
        for (var i = 0; i < 60; i += 3)
        {
            rows[i].CopyTo(rows[i + 1]);
            rows[i].CopyTo(rows[i + 2]);
        }
        var folds = CategoryFolds.Assign(rows, [.. Enumerable.Range(0, 60).Select(i => i % 2)], 5, seed: 3);
        for (var i = 0; i < 60; i += 3)
            Assert.Equal((folds[i], folds[i]), (folds[i + 1], folds[i + 2]));
    }

    [Fact]
    public void Assign_SameSeed_Repeats()
    {
        var rows = SampleRows.Random(50, 4);
        var labels = new int[50];
        Assert.Equal(CategoryFolds.Assign(rows, labels, 4, 9), CategoryFolds.Assign(rows, labels, 4, 9));
        Assert.NotEqual(CategoryFolds.Assign(rows, labels, 4, 9), CategoryFolds.Assign(rows, labels, 4, 10));
    }
}
