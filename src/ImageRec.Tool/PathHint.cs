namespace ImageRec.Tool;

/// <summary>Finds what a mistyped path may have meant.</summary>
internal static class PathHint
{
    /// <returns>Such as <c> (did you mean 'photos/train'?)</c>, or nothing.</returns>
    public static string For(string path)
    {
        try
        {
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
            var folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            if (folder is null || !Directory.Exists(folder))
                return folder is null ? "" : $" (there is no folder '{folder}' either)";
            var nearest = Directory.EnumerateFileSystemEntries(folder)
                .Select(entry => (Entry: entry, Edits: Edits(Path.GetFileName(entry), name)))
                .Where(candidate => candidate.Edits <= Math.Max(2, name.Length / 4) && candidate.Edits * 2 <= name.Length)
                .OrderBy(candidate => candidate.Edits).ThenBy(candidate => candidate.Entry, StringComparer.Ordinal)
                .FirstOrDefault();
            return nearest.Entry is null ? "" : $" (did you mean '{Path.GetRelativePath(Environment.CurrentDirectory, nearest.Entry)}'?)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }

    // Levenshtein distance (1966), one row at a time, case ignored.
    private static int Edits(string a, string b)
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
