using ImageRec.Evaluation.Folds;
using ImageRec.Evaluation;
using ImageRec.Tests.Engine;

namespace ImageRec.Tests.Evaluation;

public class SplitsTests
{
    private static readonly string?[] Categories =
        [.. Enumerable.Range(0, 103).Select(i => i < 10 ? "rare" : i % 3 == 0 ? null : $"c{i % 5}")];

    [Fact]
    public void Stratified_AnyItems_HoldsEachOutOnceWithItsCategoryEvenlySpread()
    {
        var folds = Splits.Stratified(Categories, 5);
        Assert.Equal(5, folds.Count);
        Assert.Equal(Enumerable.Range(0, Categories.Length), folds.SelectMany(f => f.HeldOut).Order());
        Assert.All(folds, f => Assert.Equal(Enumerable.Range(0, Categories.Length), f.HeldOut.Concat(f.Training).Order()));
        foreach (var category in Categories.Distinct())
        {
            var counts = folds.Select(f => f.HeldOut.Count(i => Categories[i] == category)).ToList();
            Assert.True(counts.Max() - counts.Min() <= 1, $"{category}: {string.Join(' ', counts)}");
        }
        Assert.InRange(folds.Max(f => f.HeldOut.Count) - folds.Min(f => f.HeldOut.Count), 0, 1);
    }

    [Fact]
    public void Grouped_PhotosOfOneProduct_AreNeverOnBothSides()
    {
        var groups = Enumerable.Range(0, 103).Select(i => $"product-{i * 7 % 31}").ToArray();
        foreach (var fold in Splits.Grouped(groups, Categories, 4))
            Assert.Empty(fold.HeldOut.Select(i => groups[i]).Intersect(fold.Training.Select(i => groups[i])));
        var sizes = Splits.Grouped(groups, Categories, 4).Select(f => f.HeldOut.Count).ToList();
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 8);
    }

    [Fact]
    public void Folds_SameSeed_Repeat()
    {
        static IEnumerable<int> HeldOut(int seed) => Splits.Stratified(Categories, 5, seed).SelectMany(f => f.HeldOut);
        Assert.Equal(HeldOut(3), HeldOut(3));
        Assert.NotEqual(HeldOut(3), HeldOut(4));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Stratified_FoldsOutOfRange_QuotesBothNumbers(int folds)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Splits.Stratified(["a", "b", "c"], folds));
        Assert.Contains("2 to 3 folds", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => Splits.Grouped(["a"], ["a", "b"], 2));
    }

    [Fact]
    public void Folds_Catalog_DividesItsEntries()
    {
        var products = Product.Cloud(20);
        var folds = products.ToCatalog(p => p.Sku, p => p.Picture, p => p.Type).Folds(4, e => e.Item.Type!);
        Assert.Equal(products.Select(p => p.Sku).Order(), folds.SelectMany(f => f.HeldOut.Entries).Select(e => e.Id).Order());
        Assert.All(folds, f => Assert.Single(f.HeldOut.Entries.Select(e => e.Category).Distinct()));
        Assert.All(folds, f => Assert.Equal(15, f.Training.Entries.Count()));
    }
}
