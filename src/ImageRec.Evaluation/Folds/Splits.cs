using System.Globalization;
using ImageRec.Building;

namespace ImageRec.Evaluation.Folds;

/// <summary>Divides items into folds. Each item is held out once, and every fold has its share of each category.</summary>
internal static class Splits
{
    /// <summary>Divides positions into folds and spreads each category over them as evenly as possible.</summary>
    /// <param name="categories">n categories. Null is a category of its own.</param>
    /// <param name="folds">The number of folds, 2 to n.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <returns>The folds. Each position is held out in exactly one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more folds than items.</exception>
    public static IReadOnlyList<Fold<IReadOnlyList<int>>> Stratified(IReadOnlyList<string?> categories, int folds, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(categories);
        string[] groups = [.. Enumerable.Range(0, categories.Count).Select(i => i.ToString(CultureInfo.InvariantCulture))];
        return Grouped(groups, categories, folds, seed);
    }

    /// <summary>
    /// Divides positions into folds that never split a group, such as the photos of one product, and spreads each category as evenly as the
    /// groups allow.
    /// </summary>
    /// <remarks>Groups are dealt out largest first, each to the fold where it evens the categories most.</remarks>
    /// <param name="groups">n groups.</param>
    /// <param name="categories">n categories. Null is a category of its own.</param>
    /// <param name="folds">The number of folds, 2 to the number of groups.</param>
    /// <param name="seed">The same seed gives the same folds.</param>
    /// <returns>The folds. Each position is held out in exactly one.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer than 2 folds, or more folds than groups.</exception>
    public static IReadOnlyList<Fold<IReadOnlyList<int>>> Grouped(
        IReadOnlyList<string> groups, IReadOnlyList<string?> categories, int folds, int seed = 1)
    {
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(categories);
        if (groups.Count != categories.Count)
            throw new ArgumentException(
                $"{groups.Count} groups came with {categories.Count} categories; give one of each for every item.", nameof(categories));
        var members = groups.Index().GroupBy(g => g.Item, g => g.Index, StringComparer.Ordinal).Select(g => g.ToArray()).ToArray();
        if (folds < 2 || folds > members.Length)
            throw new ArgumentOutOfRangeException(
                nameof(folds), folds, $"{members.Length} groups can be divided into 2 to {members.Length} folds.");
        var foldOf = Deal(members, categories, folds, seed);
        return [.. Enumerable.Range(0, folds).Select(f => new Fold<IReadOnlyList<int>>(
            [.. Enumerable.Range(0, groups.Count).Where(i => foldOf[i] != f)],
            [.. Enumerable.Range(0, groups.Count).Where(i => foldOf[i] == f)]))];
    }

    /// <summary>Divides a catalog; see <see cref="EvaluationExtensions.Folds"/>.</summary>
    public static IReadOnlyList<Fold<ImageCatalog<TItem>>> Of<TItem>(
        ImageCatalog<TItem> catalog, int folds, Func<CatalogEntry<TItem>, string>? group, int seed)
    {
        var entries = CatalogList.Read(catalog);
        var divided = Grouped([.. entries.Select(group ?? GroupOf)], [.. entries.Select(e => e.Category)], folds, seed);
        return [.. divided.Select((fold, i) => new Fold<ImageCatalog<TItem>>(
            new ImageCatalog<TItem>($"{catalog.Name} (fold {i + 1}, training)", () => fold.Training.Select(p => entries[p])),
            new ImageCatalog<TItem>($"{catalog.Name} (fold {i + 1}, held out)", () => fold.HeldOut.Select(p => entries[p]))))];
    }

    // No id equals the name of a group.
    private static string GroupOf<TItem>(CatalogEntry<TItem> entry) =>
        string.IsNullOrEmpty(entry.Group) ? "item " + entry.Id : "group " + entry.Group;

    private static int[] Deal(int[][] members, IReadOnlyList<string?> categories, int folds, int seed)
    {
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var code = categories.Select(c => codes.TryGetValue(c ?? "\0", out var known) ? known : codes[c ?? "\0"] = codes.Count).ToArray();
        var sizes = code.CountBy(c => c).ToDictionary();
        var counts = new int[folds, codes.Count];
        var totals = new int[folds];
        var foldOf = new int[categories.Count];
        new Random(seed).Shuffle(members);
        // Stable, so that equal groups stay shuffled.
        foreach (var group in members.OrderByDescending(g => g.Length))
        {
            var parts = group.CountBy(i => code[i]).ToList();
            var best = Enumerable.Range(0, folds)
                .MinBy(f => (parts.Sum(p => Unevenness(counts[f, p.Key], p.Value, sizes[p.Key])), totals[f]));
            foreach (var (category, count) in parts)
                counts[best, category] += count;
            totals[best] += group.Length;
            foreach (var i in group)
                foldOf[i] = best;
        }
        return foldOf;
    }

    // Growth of the sum of squared shares, which is least when a category's items are spread evenly.
    private static double Unevenness(int held, int added, int all) => (double)added * (2 * held + added) / ((double)all * all);
}
