namespace ImageRec.Learning;

/// <summary>Holds the rows on which a learner's candidates are compared when all rows would be many more than each fit looks at.</summary>
/// <param name="Rows">Row numbers, ascending.</param>
/// <param name="Judged">Positions in <paramref name="Rows"/> of the rows that held-out figures are taken from.</param>
internal sealed record ChoiceSample(int[] Rows, int[] Judged)
{
    // With fewer rows of each category left, what suits the sample need not suit all.
    private const int LeastRowsOfCategory = 20;

    /// <summary>Chooses rows, every category in its share, rows of one group only whole.</summary>
    /// <param name="labels">n category numbers.</param>
    /// <param name="groups">Of the n rows.</param>
    /// <param name="most">Rows in the sample, about; null compares on all.</param>
    /// <param name="seed">Same seed, same sample.</param>
    /// <returns>Null when all rows should be compared on.</returns>
    public static ChoiceSample? Of(int[] labels, CategoryGroups groups, int? most, int seed)
    {
        if (most is not { } rows || labels.Length <= rows || rows / labels.Distinct().Count() < LeastRowsOfCategory)
            return null;
        // As many folds as leave a fold of that size: folds hold groups whole and every category in equal shares.
        var parts = (int)Math.Ceiling((double)labels.Length / rows);
        var part = CategoryFolds.Assign(groups.Of, labels, parts, seed);
        int[] chosen = [.. Enumerable.Range(0, labels.Length).Where(i => part[i] == 0)];
        var judged = groups.Judged.ToHashSet();
        int[] positions = [.. Enumerable.Range(0, chosen.Length).Where(i => judged.Contains(chosen[i]))];
        return positions.Length == 0 ? null : new ChoiceSample(chosen, positions);
    }
}
