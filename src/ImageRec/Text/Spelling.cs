namespace ImageRec.Text;

/// <summary>Finds what a mistyped name may have meant.</summary>
internal static class Spelling
{
    // The distance takes time by the product of both lengths, and names come from files and requests too.
    private const int Longest = 500;

    /// <summary>The nearest of the names there are; null when none is near.</summary>
    public static string? Nearest(string given, IEnumerable<string> names) => Near(given, names, most: 1) is [var name] ? name : null;

    /// <summary>Names that differ from a given one in few letters or contain it, nearest first.</summary>
    /// <param name="given">What was typed.</param>
    /// <param name="names">What there is.</param>
    /// <param name="most">How many to return at most.</param>
    public static IReadOnlyList<string> Near(string given, IEnumerable<string> names, int most) => given.Length > Longest ? [] :
    [
        .. names.Where(name => name.Length <= Longest)
            .Select(name => (Name: name, Edits: Edits(name, given)))
            .Where(candidate => IsNear(given, candidate.Name, candidate.Edits))
            .OrderBy(candidate => candidate.Edits).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.Name)
            .Take(most)
    ];

    /// <summary>The Levenshtein distance of two words, case ignored, one row of the table at a time (Wagner and Fischer 1974).</summary>
    /// <returns>The least number of letters to insert, delete or replace.</returns>
    public static int Edits(string a, string b)
    {
        var row = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var cost = char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1;
                (row[j], diagonal) = (Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + cost), row[j]);
            }
        }
        return row[b.Length];
    }

    private static bool IsNear(string given, string name, int edits) =>
        (edits <= Math.Max(2, given.Length / 4) && edits * 2 <= given.Length)
        || (given.Length > 2 && name.Contains(given, StringComparison.OrdinalIgnoreCase));
}
