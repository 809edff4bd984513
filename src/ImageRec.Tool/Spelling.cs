namespace ImageRec;

/// <summary>Finds what a mistyped name may have meant.</summary>
internal static class Spelling
{
    /// <summary>The nearest of the names there are; null when none is near.</summary>
    public static string? Nearest(string given, IEnumerable<string> names) => names
        .Select(name => (Name: name, Edits: Edits(name, given)))
        .Where(candidate => candidate.Edits <= Math.Max(2, given.Length / 4) && candidate.Edits * 2 <= given.Length)
        .OrderBy(candidate => candidate.Edits).ThenBy(candidate => candidate.Name, StringComparer.Ordinal)
        .FirstOrDefault().Name;

    /// <summary>Levenshtein distance (1966), one row at a time, case ignored.</summary>
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
}
