using ImageRec.Vectors;
using static System.FormattableString;

namespace ImageRec.Learning;

/// <summary>Finds which labeled rows stay together in cross-validation, and which of them show how photos of others would fare.</summary>
internal sealed class CategoryGroups
{
    // Fewer rows say too little for figures of their own.
    private const int LeastJudged = 50;

    /// <summary>Groups rows.</summary>
    /// <param name="rows">n x d labeled rows.</param>
    /// <param name="names">k categories.</param>
    /// <param name="labels">n category numbers.</param>
    /// <param name="folds">Parts of the cross-validation.</param>
    /// <param name="facts">Of the n rows.</param>
    /// <param name="cancellationToken">Stops the search for rows that belong together.</param>
    public CategoryGroups(
        FeatureMatrix rows, IReadOnlyList<string> names, int[] labels, int folds, RowFacts facts, CancellationToken cancellationToken)
    {
        Of = PhotoGroups.Of(rows, facts.Things, cancellationToken);
        var alike = Lone(labels);
        if (alike.Count > 0)
        {
            var certain = PhotoGroups.EqualOrNamed(rows, facts.Things);
            // Held out whole, such a category would always be wrong, for nothing would be left to learn it from.
            for (var i = 0; i < labels.Length; i++)
                if (alike.Contains(labels[i]))
                    Of[i] = certain[i];
            alike.ExceptWith(Lone(labels));
        }
        Count = Of.Distinct().Count();
        var known = facts.KnownToNetwork ?? new bool[labels.Length];
        Known = known.Count(k => k);
        var knownGroups = Enumerable.Range(0, labels.Length).Where(i => known[i]).Select(i => Of[i]).ToHashSet();
        int[] strange = [.. Enumerable.Range(0, labels.Length).Where(i => !knownGroups.Contains(Of[i]))];
        IsFlattered = Known > 0 && (strange.Length < LeastJudged || strange.DistinctBy(i => labels[i]).Count() < 2);
        Judged = IsFlattered ? [.. Enumerable.Range(0, labels.Length)] : strange;
        string[] sentences = [.. KnownSentence(), .. AlikeSentence(names, alike), .. FewSentence(names.Count, labels, folds)];
        Note = sentences.Length == 0 ? null : string.Join(' ', sentences);
    }

    /// <summary>n group numbers.</summary>
    public int[] Of { get; }

    /// <summary>How many groups there are.</summary>
    public int Count { get; }

    /// <summary>Rows of photos that the network has learned from.</summary>
    public int Known { get; }

    /// <summary>Whether too few rows are left that the network has not learned from.</summary>
    public bool IsFlattered { get; }

    /// <summary>Rows that held-out figures and probabilities are taken from.</summary>
    public int[] Judged { get; }

    /// <summary>What a reader of the figures should know; null when nothing.</summary>
    public string? Note { get; }

    /// <summary>Finds the categories of two rows or more that are one group.</summary>
    private HashSet<int> Lone(int[] labels) => [.. Enumerable.Range(0, labels.Length)
        .GroupBy(i => labels[i])
        .Where(category => category.Count() > 1 && category.Select(i => Of[i]).Distinct().Count() == 1)
        .Select(category => category.Key)];

    private IEnumerable<string> KnownSentence()
    {
        if (Known == 0)
            yield break;
        yield return IsFlattered
            ? "How well photos of others are classified is not known: "
                + Invariant($"the network has learned from {Known:N0} of these very photos, and the figures are of those.")
            : Invariant($"The network has learned from {Known:N0} of these photos; figures are of the other {Judged.Length:N0}.");
    }

    private static IEnumerable<string> AlikeSentence(IReadOnlyList<string> names, HashSet<int> alike)
    {
        if (alike.Count == 0)
            yield break;
        var first = $"'{names[alike.Min()]}'";
        yield return alike.Count == 1
            ? $"All photos of {first} are nearly the same; held out, they are recognized by one another, which flatters."
            : Invariant($"All photos of {first} are nearly the same, and so it is in {alike.Count - 1:N0} more categories;")
                + " held out, they are recognized by one another, which flatters.";
    }

    private IEnumerable<string> FewSentence(int categories, int[] labels, int folds)
    {
        var few = Enumerable.Range(0, labels.Length)
            .GroupBy(i => labels[i])
            .Count(category => category.Select(i => Of[i]).Distinct().Count() < folds);
        if (few > 0)
        {
            yield return Invariant($"{few:N0} of {categories:N0} categories show fewer than {folds} different things;")
                + " held out, they are learned from fewer still, or not at all.";
        }
    }
}
