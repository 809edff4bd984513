namespace ImageRec.Images;

/// <summary>Finds the images in a folder.</summary>
internal static class FolderCatalog
{
    /// <summary>Returns the images in the ordinal order of their ids, with unreadable entries for what cannot be opened.</summary>
    /// <param name="givenPath">What errors call the folder.</param>
    /// <param name="root">Its full path.</param>
    /// <param name="exclude">What is left out.</param>
    /// <exception cref="CatalogException">There is no such folder, it cannot be read, or there is no image in it.</exception>
    public static IEnumerable<CatalogEntry<CatalogItem>> Read(string givenPath, string root, IReadOnlyList<ExcludePattern> exclude)
    {
        if (!Directory.Exists(root))
        {
            throw new CatalogException(File.Exists(root)
                ? $"'{givenPath}' is a file, not a folder of pictures. For a list of pictures use "
                + $"{nameof(ImageCatalog)}.{nameof(ImageCatalog.FromCsv)}."
                : $"There is no folder '{givenPath}' (looked for {root}).");
        }
        var walk = new FolderWalk(root, exclude);
        var found = Run(walk, givenPath);
        if (found.Count == 0)
        {
            throw new CatalogException(
                $"There is no picture in '{givenPath}' or its subfolders: looked for {ImageEndings.Text}; found {walk.Others} "
                + "other files.");
        }
        return found.Select(image => Entry(image, root));
    }

    private static IReadOnlyList<FoundImage> Run(FolderWalk walk, string givenPath)
    {
        try
        {
            return walk.Run();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException(
                $"The folder '{givenPath}' cannot be read: {e.Message} Grant access to it, or give another folder.", e);
        }
    }

    private static CatalogEntry<CatalogItem> Entry(FoundImage image, string root)
    {
        var id = image.Id;
        var path = Path.Combine(root, id);
        var folders = id.Split('/');
        var category = folders.Length > 1 ? folders[^2] : null;
        return new()
        {
            Id = id,
            Image = image.Unreadable is { } reason ? UnreadableSource.Of(path, reason) : ImageSource.FromFile(path),
            Category = category,
            Item = new() { Id = id, Category = category, Path = path },
        };
    }
}
