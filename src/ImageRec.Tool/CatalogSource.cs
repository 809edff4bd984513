namespace ImageRec.Tool;

/// <summary>From the path on the command line to a list of photos.</summary>
internal static class CatalogSource
{
    /// <exception cref="CatalogException">It is neither a folder nor a list of photos.</exception>
    public static ImageCatalog<CatalogItem> Open(string path)
    {
        if (Directory.Exists(path))
            return ImageCatalog.FromFolder(path);
        if (!File.Exists(path))
            throw new CatalogException($"There is no folder or CSV file '{path}'{PathHint.For(path)}.");
        if (PictureEndings.Has(path))
            throw new CatalogException($"'{path}' is a picture; give the folder it lies in, or a CSV file with the columns id, path and category.");
        return ImageCatalog.FromCsv(path);
    }
}
