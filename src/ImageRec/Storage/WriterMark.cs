namespace ImageRec.Storage;

/// <summary>
/// Checks whether the path still names the file that a writer has open: what is written into one that was deleted or replaced meanwhile is
/// lost with it, and must not be acknowledged.
/// </summary>
/// <remarks>
/// The content does not show it: the write-ahead log beside the path would make any file look like the old one, and without it the main
/// file is in between. On Linux the kernel says what each open descriptor names by now. Elsewhere only a missing file is noticed; on
/// Windows an open file cannot be replaced.
/// </remarks>
internal sealed class WriterMark
{
    private const string Descriptors = "/proc/self/fd";
    private const string Gone = " (deleted)";
    private readonly string _path;
    private readonly string[] _descriptors;
    private readonly string? _name;

    /// <param name="path">Full path of a file that SQLite has just opened in this process.</param>
    public WriterMark(string path)
    {
        _path = path;
        var open = Targets().Where(d => d.Target.EndsWith("/" + Path.GetFileName(path), StringComparison.Ordinal)).ToList();
        // Under the name by which the kernel knows it: folders of the path may be links. Several such files: then it is not known which is
        // ours.
        _name = open.Exists(d => d.Target == path) ? path : open.Select(d => d.Target).Distinct().Take(2).ToList() is [var only]
            ? only
            : null;
        _descriptors = [.. open.Where(d => d.Target == _name).Select(d => d.Descriptor)];
    }

    /// <exception cref="CatalogFileException">The path names no file, or another one.</exception>
    public void RequireInPlace()
    {
        if (File.Exists(_path) && (_name is null || IsOurs()))
            return;
        throw new CatalogFileException(
            $"'{_path}' was deleted, moved or replaced while it was open for writing; nothing was changed. Put it back, or open it anew.");
    }

    /// <summary>Returns whether none of the descriptors that named the file then names a deleted one now, and one still names it.</summary>
    private bool IsOurs()
    {
        var found = false;
        foreach (var descriptor in _descriptors)
        {
            var target = Target(descriptor);
            if (target == _name + Gone)
                return false;
            found |= target == _name;
        }
        return found;
    }

    private static IEnumerable<(string Descriptor, string Target)> Targets()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists(Descriptors))
            yield break;
        foreach (var descriptor in Directory.GetFileSystemEntries(Descriptors))
            if (Target(descriptor) is { } target)
                yield return (descriptor, target);
    }

    private static string? Target(string descriptor)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Closed in between.
            return null;
        }
    }
}
