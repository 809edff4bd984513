namespace ImageRec;

/// <summary>Finds the pictures in a folder.</summary>
internal static class FolderCatalog
{
    private static readonly string[] s_extensions = [".jpg", ".jpeg", ".png", ".webp", ".gif", ".bmp"];

    /// <summary>The pictures in the ordinal order of their ids.</summary>
    /// <param name="givenPath">What errors call the folder.</param>
    /// <param name="root">Its full path.</param>
    /// <exception cref="CatalogException">There is no such folder, a part of it cannot be read, or there is no picture in it.</exception>
    public static IEnumerable<CatalogEntry<CatalogItem>> Read(string givenPath, string root)
    {
        if (!Directory.Exists(root))
        {
            throw new CatalogException(File.Exists(root)
                ? $"'{givenPath}' is a file, not a folder of pictures. For a list of pictures use {nameof(ImageCatalog)}.{nameof(ImageCatalog.FromCsv)}."
                : $"There is no folder '{givenPath}' (looked for {root}).");
        }
        List<string> ids = [];
        var others = 0;
        Collect(new DirectoryInfo(root), [RealPath(root)]);
        if (ids.Count == 0)
            throw new CatalogException($"There is no picture in '{givenPath}' or its subfolders: looked for {string.Join(", ", s_extensions)}; found {others} other files.");
        ids.Sort(StringComparer.Ordinal);
        return ids.Select(id => Entry(id, root));

        void Collect(DirectoryInfo folder, HashSet<string> visited)
        {
            foreach (var child in Children(folder, givenPath))
            {
                if (child.Name.StartsWith('.'))
                    continue;
                if (child is DirectoryInfo inner)
                {
                    if (visited.Add(RealPath(inner.FullName)))
                        Collect(inner, visited);
                }
                else if (s_extensions.Contains(child.Extension, StringComparer.OrdinalIgnoreCase))
                {
                    ids.Add(Path.GetRelativePath(root, child.FullName).Replace(Path.DirectorySeparatorChar, '/'));
                }
                else
                {
                    others++;
                }
            }
        }
    }

    private static CatalogEntry<CatalogItem> Entry(string id, string root)
    {
        var path = Path.Combine(root, id);
        var folders = id.Split('/');
        var category = folders.Length > 1 ? folders[^2] : null;
        return new()
        {
            Id = id,
            Image = ImageSource.FromFile(path),
            Category = category,
            Item = new() { Id = id, Category = category, Path = path },
        };
    }

    private static FileSystemInfo[] Children(DirectoryInfo folder, string givenPath)
    {
        try
        {
            return folder.GetFileSystemInfos();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException($"The folder '{folder.FullName}' in '{givenPath}' cannot be read: {e.Message} Grant access to it, or move it away.", e);
        }
    }

    /// <summary>The path without links, so that a link to a folder above is recognised.</summary>
    private static string RealPath(string path)
    {
        var real = Path.GetPathRoot(path)!;
        foreach (var name in path[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, name);
            try
            {
                if (new DirectoryInfo(real).ResolveLinkTarget(returnFinalTarget: true) is { } target)
                    real = target.FullName;
            }
            catch (IOException)
            {
                // A link that leads nowhere or in a circle: it is its own place, and what it holds is for the enumeration to say.
            }
        }
        return real;
    }
}
