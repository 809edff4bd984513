namespace ImageRec;

public static partial class ImageCatalog
{
    /// <summary>The pictures in a folder and its subfolders.</summary>
    /// <remarks>
    /// Pictures are the files named .jpg, .jpeg, .png, .webp, .gif or .bmp, in any case. Each one's id is its path relative to the folder, with forward
    /// slashes; its category is the name of the folder it lies in, or null when it lies in <paramref name="path"/> itself, since a folder of everything
    /// names no category. Catalogue order is the ordinal order of ids. Files and folders whose names begin with a dot are left out; links to
    /// folders are followed, each folder once.
    /// </remarks>
    /// <param name="path">The folder. Relative paths are resolved now, against the current directory; the folder is read when <see cref="ImageCatalog{TItem}.Entries"/> is.</param>
    public static ImageCatalog<CatalogItem> FromFolder(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var fullPath = Path.GetFullPath(path);
        return new(path, () => FolderCatalog.Read(path, fullPath));
    }

    /// <summary>The pictures that a CSV file lists.</summary>
    /// <remarks>
    /// The first line names the columns: <c>id</c> and <c>path</c> must be there, <c>category</c> may, case does not matter; further columns become
    /// <see cref="CatalogItem.Attributes"/>. Columns are separated by comma, semicolon, tab or vertical bar, found from the first lines. Relative picture
    /// paths are resolved against the folder of the CSV file. UTF-8. Catalogue order is the file's.
    /// </remarks>
    /// <param name="path">The CSV file. Relative paths are resolved now, against the current directory; the file is read when <see cref="ImageCatalog{TItem}.Entries"/> is.</param>
    public static ImageCatalog<CatalogItem> FromCsv(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var fullPath = Path.GetFullPath(path);
        return new(path, () => CsvCatalog.Read(path, fullPath));
    }
}
