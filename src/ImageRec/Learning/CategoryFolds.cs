namespace ImageRec.Learning;

/// <summary>Splits rows for cross-validation: every category in equal shares, no group on both sides.</summary>
internal static class CategoryFolds
{
    /// <summary>Assigns every row to a fold.</summary>
    /// <remarks>
    /// Takes categories one after another, the largest groups first, and puts each group into the fold that evens its category most, of
    /// several into the smallest.
    /// </remarks>
    /// <param name="groups">n group numbers, 0 or more; rows of one group stay together, whatever their categories.</param>
    /// <param name="labels">n category numbers, 0 or more.</param>
    /// <param name="folds">Number of folds, 2 or more.</param>
    /// <param name="seed">Same seed, same folds.</param>
    /// <returns>n fold numbers, 0 to <paramref name="folds"/> - 1.</returns>
    public static int[] Assign(ReadOnlySpan<int> groups, ReadOnlySpan<int> labels, int folds, int seed)
    {
        var order = Enumerable.Range(0, labels.Length).ToArray();
        new Random(seed).Shuffle(order);
        var (groupOf, labelOf) = (groups.ToArray(), labels.ToArray());
        var members = order.GroupBy(i => groupOf[i]).Select(group => group.ToArray());
        // A stable sort, so that groups of one size stay shuffled.
        members = members.OrderBy(group => labelOf[group[0]]).ThenByDescending(group => group.Length);
        var ofCategory = new int[folds, labelOf.Length == 0 ? 0 : labelOf.Max() + 1];
        var total = new int[folds];
        var assigned = new int[labelOf.Length];
        foreach (var group in members)
        {
            var parts = group.CountBy(i => labelOf[i]).ToArray();
            var fold = Enumerable.Range(0, folds).MinBy(f => (parts.Sum(part => (long)part.Value * ofCategory[f, part.Key]), total[f]));
            foreach (var (label, count) in parts)
                ofCategory[fold, label] += count;
            total[fold] += group.Length;
            foreach (var i in group)
                assigned[i] = fold;
        }
        return assigned;
    }
}
