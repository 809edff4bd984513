using ImageRec.Images;

namespace ImageRec.Tool.Input;

/// <summary>From the path on the command line to a list of photos.</summary>
internal static class CatalogSource
{
    /// <param name="path">A folder or a CSV file.</param>
    /// <param name="exclude">Patterns of what is left out of a folder, beside what always is.</param>
    /// <exception cref="CatalogException">It is neither a folder nor a list of photos.</exception>
    /// <exception cref="UsageException">Patterns for a list, or one that names nothing.</exception>
    public static ImageCatalog<CatalogItem> Open(string path, params IReadOnlyList<string> exclude)
    {
        if (Directory.Exists(path))
            return OpenFolder(path, exclude);
        if (!File.Exists(path))
            throw new CatalogException($"There is no folder or CSV file '{path}'{PathHint.For(path)}.");
        if (ImageEndings.Has(path))
            throw new CatalogException(
                $"'{path}' is a picture; give the folder it lies in, or a CSV file with the columns id, path and category.");
        if (exclude.Count > 0)
            throw new UsageException($"--exclude leaves files out of a folder, and '{path}' is a list; take their lines out of it.");
        return ImageCatalog.FromCsv(path);
    }

    private static ImageCatalog<CatalogItem> OpenFolder(string path, IReadOnlyList<string> exclude)
    {
        try
        {
            return ImageCatalog.FromFolder(path, options =>
            {
                foreach (var pattern in exclude)
                    options.Exclude.Add(pattern);
            });
        }
        catch (ArgumentException e) when (exclude.Count > 0)
        {
            throw new UsageException(e.Message);
        }
    }
}
