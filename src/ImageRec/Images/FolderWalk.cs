using System.IO.Enumeration;

namespace ImageRec.Images;

/// <summary>Goes through a folder and its subfolders once, in an order that does not depend on the order on disk.</summary>
/// <remarks>
/// All real folders come before links to folders; links are taken by name, and each folder is read once. So the same tree has the same ids
/// whatever the file system answers first. Nothing but folders is opened.
/// </remarks>
internal sealed class FolderWalk(string root, IReadOnlyList<ExcludePattern> exclude)
{
    private const char NotUtf8 = '\uFFFD';
    private static readonly EnumerationOptions s_everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    private readonly string _realRoot = LinkTargets.RealPath(root);
    private readonly HashSet<string> _read = new(LinkTargets.Comparer);
    private readonly SortedSet<string> _links = new(StringComparer.Ordinal);
    private readonly HashSet<string> _misnamed = new(StringComparer.Ordinal);
    private readonly List<FoundImage> _found = [];

    /// <summary>Gets the number of files that are no images.</summary>
    public int Others { get; private set; }

    /// <summary>Returns the images in the ordinal order of their ids, and among them what could not be opened.</summary>
    /// <exception cref="IOException">The root cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The root may not be read.</exception>
    public IReadOnlyList<FoundImage> Run()
    {
        ReadTree("", _realRoot);
        while (_links.Min is { } link)
        {
            _links.Remove(link);
            var real = LinkTargets.RealPath(Path.Combine(root, link));
            // A link to a folder above leads in a circle, through everything beside this one.
            if (!LinkTargets.IsWithin(_realRoot, real))
                ReadTree(link, real);
        }
        _found.Sort((a, b) => string.CompareOrdinal(a.Id, b.Id));
        return _found;
    }

    private void ReadTree(string top, string realTop)
    {
        Stack<(string Id, string Real)> folders = [];
        folders.Push((top, realTop));
        while (folders.TryPop(out var folder))
        {
            if (!_read.Add(folder.Real))
                continue;
            foreach (var child in Children(folder.Id))
            {
                var id = folder.Id.Length == 0 ? child.Name : $"{folder.Id}/{child.Name}";
                if (exclude.Any(pattern => pattern.Matches(id, child.IsFolder)))
                    continue;
                if (child.Name.Contains(NotUtf8, StringComparison.Ordinal) && IsMisnamed(id, out var unique))
                    AddMisnamed(id, unique, child);
                else if (!child.IsFolder)
                    AddFile(id, child);
                else if (child.IsLink)
                    _links.Add(id);
                else
                    folders.Push((id, Path.Combine(folder.Real, child.Name)));
            }
        }
    }

    private void AddFile(string id, Child child)
    {
        if (ImageEndings.Has(child.Name))
            _found.Add(new(id));
        // A name without an ending is what a link to a folder has, and images may be missing with it.
        else if (child.IsLink && LinkTargets.Missing(Path.Combine(root, id)) is { } target)
            _found.Add(new(id, $"'{id}' is a link to '{target}', which is not there. Bring it back, or delete the link."));
        else
            Others++;
    }

    /// <summary>
    /// Returns whether a name was not UTF-8 on disk. Several such names read the same, and a file may really have that name.
    /// </summary>
    private bool IsMisnamed(string id, out string unique)
    {
        unique = id;
        for (var copy = 2; !_misnamed.Add(unique); copy++)
            unique = $"{id} ({copy})";
        return unique != id || !Path.Exists(Path.Combine(root, id));
    }

    private void AddMisnamed(string id, string unique, Child child)
    {
        if (child.IsFolder || ImageEndings.Has(child.Name))
            _found.Add(
                new(unique, $"'{id}' cannot be opened: its name on disk is not UTF-8 ({NotUtf8} stands for what is not). Rename it."));
        else
            Others++;
    }

    private List<Child> Children(string folder)
    {
        List<Child> children = [];
        try
        {
            children.AddRange(new FileSystemEnumerable<Child>(Path.Combine(root, folder), Describe, s_everything));
        }
        catch (Exception e) when (folder.Length > 0 && e is IOException or UnauthorizedAccessException)
        {
            // What came before the error is kept.
            _found.Add(new(folder, $"The folder '{folder}' cannot be read: {e.Message} Grant access to it, or leave it out by "
                + $"{nameof(FolderOptions)}.{nameof(FolderOptions.Exclude)}."));
        }
        return children;
    }

    private static Child Describe(ref FileSystemEntry entry)
    {
        // Attributes cost a look at the file; only these need them.
        var maybeFolderLink = entry.IsDirectory || !entry.FileName.Contains('.');
        return new(entry.FileName.ToString(), entry.IsDirectory, maybeFolderLink && (entry.Attributes & FileAttributes.ReparsePoint) != 0);
    }

    private readonly record struct Child(string Name, bool IsFolder, bool IsLink);
}
