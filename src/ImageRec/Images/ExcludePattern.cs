using System.IO.Enumeration;

namespace ImageRec.Images;

/// <summary>Matches paths against one pattern of <see cref="FolderOptions.Exclude"/>.</summary>
internal sealed class ExcludePattern
{
    private readonly string[] _parts;
    private readonly bool _foldersOnly;
    private readonly bool _isPath;

    /// <exception cref="ArgumentException">The pattern is blank.</exception>
    public ExcludePattern(string? pattern)
    {
        // Backslashes are what Windows users write; MatchesSimpleExpression would take them for escapes.
        var written = pattern?.Trim().Replace('\\', '/') ?? "";
        _foldersOnly = written.EndsWith('/');
        _isPath = written.TrimEnd('/').Contains('/', StringComparison.Ordinal);
        _parts = written.Split('/', StringSplitOptions.RemoveEmptyEntries);
        if (_parts is ["."])
            _parts = [];
        if (_parts is [".", ..])
            _parts = _parts[1..];
        if (_parts.Length == 0)
        {
            throw new ArgumentException(
                $"The pattern '{pattern}' in {nameof(FolderOptions)}.{nameof(FolderOptions.Exclude)} names nothing; give a name such as "
                + "'drafts' or a path such as 'shoes/*_thumb.jpg'.");
        }
    }

    /// <summary>Returns whether the pattern names this file or folder.</summary>
    /// <param name="path">Relative to the catalog's folder, with forward slashes.</param>
    /// <param name="isFolder">Whether it is a folder or a link to one.</param>
    public bool Matches(string path, bool isFolder)
    {
        if (_foldersOnly && !isFolder)
            return false;
        return _isPath ? Matches(_parts, path.Split('/')) : MatchesName(_parts[0], path.AsSpan(path.LastIndexOf('/') + 1));
    }

    private static bool MatchesName(string part, ReadOnlySpan<char> name) =>
        FileSystemName.MatchesSimpleExpression(part, name, ignoreCase: true);

    /// <summary>
    /// Matches names part by part, going back to the last <c>**</c> alone, which is enough: the work is bounded by parts times names.
    /// </summary>
    private static bool Matches(string[] parts, string[] names)
    {
        var (part, name) = (0, 0);
        var (afterStars, resumeAt) = (-1, 0);
        while (name < names.Length)
        {
            if (part < parts.Length && parts[part] == "**")
                (afterStars, resumeAt) = (++part, name);
            else if (part < parts.Length && MatchesName(parts[part], names[name]))
                (part, name) = (part + 1, name + 1);
            else if (afterStars >= 0)
                (part, name) = (afterStars, ++resumeAt);
            else
                return false;
        }
        return parts.AsSpan(part).ContainsAnyExcept("**") is false;
    }
}
