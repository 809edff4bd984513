using ImageRec.Learning;

namespace ImageRec.Tests.Learning;

public sealed class CategoryFoldsTests
{
    [Fact]
    public void Assign_Categories_AreInEveryFoldAlike()
    {
        var labels = Enumerable.Range(0, 100).Select(i => i < 80 ? 0 : 1).ToArray();
        var folds = CategoryFolds.Assign(Enumerable.Range(0, 100).ToArray(), labels, 5, seed: 3);
        for (var fold = 0; fold < 5; fold++)
        {
            Assert.Equal(16, Enumerable.Range(0, 80).Count(i => folds[i] == fold));
            Assert.Equal(4, Enumerable.Range(80, 20).Count(i => folds[i] == fold));
        }
    }

    [Fact]
    public void Assign_Groups_AreNeverOnBothSidesAndEvenTheirCategories()
    {
        int[] groups = [.. Enumerable.Range(0, 200).Select(i => i % 37 * 3)];
        int[] labels = [.. groups.Select(group => group % 2)];
        var folds = CategoryFolds.Assign(groups, labels, 5, seed: 3);
        Assert.All(Enumerable.Range(0, 200).GroupBy(i => groups[i]), group => Assert.Single(group.Select(i => folds[i]).Distinct()));
        // Groups of 5 and 6 rows, about 100 rows a category.
        foreach (var part in Enumerable.Range(0, 200).GroupBy(i => (folds[i], labels[i])))
            Assert.InRange(part.Count(), 14, 27);
    }

    [Fact]
    public void Assign_GroupOfTwoCategories_StaysTogether()
    {
        int[] groups = [.. Enumerable.Range(0, 60).Select(i => i / 3)];
        var folds = CategoryFolds.Assign(groups, Enumerable.Range(0, 60).Select(i => i % 2).ToArray(), 5, seed: 3);
        for (var i = 0; i < 60; i += 3)
            Assert.Equal((folds[i], folds[i]), (folds[i + 1], folds[i + 2]));
    }

    [Fact]
    public void Assign_SameSeed_Repeats()
    {
        int[] groups = [.. Enumerable.Range(0, 50)];
        var labels = new int[50];
        Assert.Equal(CategoryFolds.Assign(groups, labels, 4, 9), CategoryFolds.Assign(groups, labels, 4, 9));
        Assert.NotEqual(CategoryFolds.Assign(groups, labels, 4, 9), CategoryFolds.Assign(groups, labels, 4, 10));
    }
}
