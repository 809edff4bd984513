namespace ImageRec.Images;

/// <summary>Finds where links lead.</summary>
internal static class LinkTargets
{
    /// <summary>As many as Linux follows in one path.</summary>
    private const int MaxLinks = 40;

    /// <summary>Compares real paths as the file systems of this system usually do.</summary>
    public static StringComparer Comparer { get; } = Comparison == StringComparison.Ordinal
        ? StringComparer.Ordinal
        : StringComparer.OrdinalIgnoreCase;

    private static StringComparison Comparison =>
        OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() || OperatingSystem.IsMacCatalyst()
            ? StringComparison.OrdinalIgnoreCase
            : StringComparison.Ordinal;

    /// <summary>Returns the path without links, so that two ways to one folder are recognized.</summary>
    /// <param name="path">A full path.</param>
    public static string RealPath(string path)
    {
        var links = 0;
        return Resolve(path);

        string Resolve(string wanted)
        {
            var real = Path.GetPathRoot(wanted)!;
            foreach (var name in wanted[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
            {
                var next = Path.Combine(real, name);
                // A link that leads in a circle is its own target; opening it fails with the reason.
                real = links < MaxLinks && Next(next) is { } target && ++links > 0 ? Resolve(target) : next;
            }
            return real;
        }
    }

    /// <summary>Returns whether <paramref name="path"/> is <paramref name="folder"/> or lies in it; both are real paths.</summary>
    public static bool IsWithin(string path, string folder) =>
        path.StartsWith(folder, Comparison)
            && (path.Length == folder.Length || Path.EndsInDirectorySeparator(folder)
            || path[folder.Length] == Path.DirectorySeparatorChar);

    /// <summary>Returns what a link names that leads to nothing, or null when it leads somewhere, in a circle, or is none.</summary>
    public static string? Missing(string path)
    {
        try
        {
            var file = new FileInfo(path);
            return file.ResolveLinkTarget(returnFinalTarget: true) is { Exists: false } end && !Directory.Exists(end.FullName)
                ? file.LinkTarget
                : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string? Next(string path)
    {
        try
        {
            return new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: false)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
