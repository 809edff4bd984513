using System.Numerics.Tensors;
using ImageRec.Vectors;

namespace ImageRec.Evaluation.Metrics;

/// <summary>Measures groups of rows, by themselves and against known categories.</summary>
internal static class ClusteringMetrics
{
    /// <summary>Returns the sum of the rows' squared distances to the mean of their group.</summary>
    /// <param name="rows">n x d.</param>
    /// <param name="groups">n group numbers, 0 or more.</param>
    public static double Inertia(FeatureMatrix rows, ReadOnlySpan<int> groups)
    {
        var means = GroupMeans.Of(rows, groups);
        double sum = 0;
        for (var i = 0; i < groups.Length; i++)
            sum += Square(TensorPrimitives.Distance<float>(rows[i], means.Rows[groups[i]]));
        return sum;
    }

    /// <summary>
    /// Returns the mean over rows of (b - a) / max(a, b), with a the mean distance to the own group's other rows and b that to the nearest
    /// other group (Rousseeuw 1987). It is -1 (wrong) to 1 (apart), 0 for a row alone in its group, and NaN with fewer than 2 groups.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="groups">n group numbers, 0 or more.</param>
    /// <param name="sample">The most rows to compare with each other, chosen at random.</param>
    /// <param name="seed">The seed of that choice.</param>
    public static double Silhouette(FeatureMatrix rows, ReadOnlySpan<int> groups, int sample = 2000, int seed = 1)
    {
        Check(rows, groups);
        ArgumentOutOfRangeException.ThrowIfLessThan(sample, 2);
        var chosen = Enumerable.Range(0, groups.Length).ToArray();
        if (chosen.Length > sample)
        {
            new Random(seed).Shuffle(chosen);
            chosen = chosen[..sample];
        }
        var group = new int[chosen.Length];
        for (var i = 0; i < chosen.Length; i++)
            group[i] = groups[chosen[i]];
        var sizes = new int[group.Length == 0 ? 0 : group.Max() + 1];
        foreach (var g in group)
            sizes[g]++;
        if (sizes.Count(s => s > 0) < 2)
            return double.NaN;
        var widths = new double[chosen.Length];
        Parallel.For(0, chosen.Length, i => widths[i] = Width(rows, chosen, group, sizes, i));
        return Bootstrap.Average(widths);
    }

    /// <summary>
    /// Returns the mean over groups of the worst (s(i) + s(j)) / distance of means, with s the mean distance of a group's rows to its mean
    /// (Davies and Bouldin 1979). It is 0 or more, less is better, and NaN with fewer than 2 groups. Empty groups do not count.
    /// </summary>
    /// <param name="rows">n x d.</param>
    /// <param name="groups">n group numbers, 0 or more.</param>
    public static double DaviesBouldin(FeatureMatrix rows, ReadOnlySpan<int> groups)
    {
        var means = GroupMeans.Of(rows, groups);
        var spread = new double[means.Rows.Rows];
        for (var i = 0; i < groups.Length; i++)
            spread[groups[i]] += TensorPrimitives.Distance<float>(rows[i], means.Rows[groups[i]]) / means.Sizes[groups[i]];
        var used = Enumerable.Range(0, spread.Length).Where(g => means.Sizes[g] > 0).ToArray();
        if (used.Length < 2)
            return double.NaN;
        return used.Average(a => used.Where(b => b != a).Max(b =>
        {
            double apart = TensorPrimitives.Distance<float>(means.Rows[a], means.Rows[b]);
            return apart == 0 ? 0 : (spread[a] + spread[b]) / apart;
        }));
    }

    /// <summary>Returns the share of items that are of their group's most frequent category. It grows with the number of groups.</summary>
    /// <param name="groups">n group numbers, 0 or more.</param>
    /// <param name="categories">n categories.</param>
    public static double Purity(ReadOnlySpan<int> groups, IReadOnlyList<string> categories)
    {
        var table = CrossTable(groups, categories);
        return table.GroupBy(cell => cell.Key.Group).Sum(g => g.Max(cell => cell.Value)) / (double)groups.Length;
    }

    /// <summary>
    /// Returns the mutual information of groups and categories over the mean of their entropies: 0 (independent) to 1 (the same partition),
    /// and 1 when both are one group.
    /// </summary>
    /// <param name="groups">n group numbers, 0 or more.</param>
    /// <param name="categories">n categories.</param>
    public static double NormalizedMutualInformation(ReadOnlySpan<int> groups, IReadOnlyList<string> categories)
    {
        var table = CrossTable(groups, categories);
        double n = groups.Length;
        var byGroup = table.GroupBy(c => c.Key.Group).ToDictionary(g => g.Key, g => g.Sum(c => c.Value));
        var byCategory = table.GroupBy(c => c.Key.Category, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.Sum(c => c.Value), StringComparer.Ordinal);
        var shared = table.Sum(c => c.Value / n * Math.Log(c.Value * n / ((double)byGroup[c.Key.Group] * byCategory[c.Key.Category])));
        var mean = (Entropy(byGroup.Values, n) + Entropy(byCategory.Values, n)) / 2;
        return mean == 0 ? 1 : Math.Clamp(shared / mean, 0, 1);
    }

    private static double Width(FeatureMatrix rows, int[] chosen, int[] group, int[] sizes, int i)
    {
        if (sizes[group[i]] == 1)
            return 0;
        var sums = new double[sizes.Length];
        for (var j = 0; j < chosen.Length; j++)
            if (j != i)
                sums[group[j]] += TensorPrimitives.Distance<float>(rows[chosen[i]], rows[chosen[j]]);
        var own = sums[group[i]] / (sizes[group[i]] - 1);
        var other = double.PositiveInfinity;
        for (var g = 0; g < sums.Length; g++)
            if (g != group[i] && sizes[g] > 0)
                other = Math.Min(other, sums[g] / sizes[g]);
        var larger = Math.Max(own, other);
        return larger == 0 ? 0 : (other - own) / larger;
    }

    private static Dictionary<(int Group, string Category), int> CrossTable(ReadOnlySpan<int> groups, IReadOnlyList<string> categories)
    {
        ArgumentNullException.ThrowIfNull(categories);
        if (groups.Length == 0 || groups.Length != categories.Count)
            throw new ArgumentException(
                $"{groups.Length} groups came with {categories.Count} categories; give one of each for every item, and at least one item.",
                nameof(categories));
        var table = new Dictionary<(int, string), int>();
        for (var i = 0; i < groups.Length; i++)
            table[(groups[i], categories[i])] = table.GetValueOrDefault((groups[i], categories[i])) + 1;
        return table;
    }

    public static void Check(FeatureMatrix rows, ReadOnlySpan<int> groups)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (rows.Rows != groups.Length)
            throw new ArgumentException(
                $"{rows.Rows} rows came with {groups.Length} group numbers; give one for each row.", nameof(groups));
    }

    private static double Entropy(IEnumerable<int> counts, double n) => counts.Sum(c => -c / n * Math.Log(c / n));

    private static double Square(double x) => x * x;
}
