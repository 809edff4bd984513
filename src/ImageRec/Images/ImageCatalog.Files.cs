using ImageRec.Images;

namespace ImageRec;

public static partial class ImageCatalog
{
    /// <summary>Makes a catalog of the images in a folder and its subfolders.</summary>
    /// <remarks>
    /// Images are the files with an image's ending, in any case. Those of a format that is not decoded (HEIC, AVIF, TIFF, JPEG XL, SVG, raw
    /// photos), and folders, links and names that cannot be opened, are entries too: their images are unreadable, so the build lists them
    /// with the reason. Each one's id is its path relative to the folder, with forward slashes; its category is the name of the folder it
    /// lies in, or null when it lies in <paramref name="path"/> itself, since a folder of everything names no category. Catalog order is
    /// the ordinal order of ids. Names that begin with a dot and what systems store beside photos are left out, see
    /// <see cref="FolderOptions.Exclude"/>. Links to folders are followed, each folder once: a folder goes by its own name before that of a
    /// link to it, of several links the ordinal first counts, and a link to a folder that <paramref name="path"/> lies in is left out.
    /// </remarks>
    /// <param name="path">
    /// The folder. Relative paths are resolved now, against the current directory; the folder is read when
    /// <see cref="ImageCatalog{TItem}.Entries"/> is.
    /// </param>
    public static ImageCatalog<CatalogItem> FromFolder(string path) => FromFolder(path, static _ => { });

    /// <summary>Makes a catalog of the images in a folder and its subfolders, without what is excluded.</summary>
    /// <remarks>As <see cref="FromFolder(string)"/>.</remarks>
    /// <param name="path">
    /// The folder. Relative paths are resolved now, against the current directory; the folder is read when
    /// <see cref="ImageCatalog{TItem}.Entries"/> is.
    /// </param>
    /// <param name="configure">Changes what is left out; called now.</param>
    /// <exception cref="ArgumentException">A pattern names nothing.</exception>
    public static ImageCatalog<CatalogItem> FromFolder(string path, Action<FolderOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(configure);
        var fullPath = Path.GetFullPath(path);
        var options = new FolderOptions();
        configure(options);
        ExcludePattern[] exclude = [.. options.Exclude.Select(pattern => new ExcludePattern(pattern))];
        return new(path, () => FolderCatalog.Read(path, fullPath, exclude));
    }

    /// <summary>Makes a catalog of the images that a CSV file lists.</summary>
    /// <remarks>
    /// <para>
    /// The first line names the columns: <c>id</c> and <c>path</c> must be there, <c>category</c> may, case does not matter; further
    /// columns become <see cref="CatalogItem.Attributes"/>, columns without a name are passed over. Columns are separated by comma,
    /// semicolon, tab or vertical bar, or by what a line <c>sep=;</c> above says. Comment lines (<c>#</c>) and blank ones may come before
    /// the first line; below it only blank rows are passed over. Values missing at the end of a row are blank. Catalog order is the file's.
    /// </para>
    /// <para>
    /// UTF-8 and UTF-16, with a byte order mark or without; a list that can be neither is read as Windows-1252, which
    /// <see cref="ImageCatalog{TItem}.Notes"/> then says. <see cref="CsvOptions.Encoding"/> names another.
    /// </para>
    /// <para>
    /// Relative image paths are resolved against the folder of the CSV file. Where there is no such file, backslashes are taken for
    /// separators, and names match whose accents are composed otherwise (NFC, NFD). An image that is not there, a web address or a Windows
    /// path elsewhere is an entry whose image is unreadable, so the build lists it with the reason.
    /// </para>
    /// </remarks>
    /// <param name="path">
    /// The CSV file. Relative paths are resolved now, against the current directory; the file is read when
    /// <see cref="ImageCatalog{TItem}.Entries"/> is.
    /// </param>
    public static ImageCatalog<CatalogItem> FromCsv(string path) => FromCsv(path, static _ => { });

    /// <summary>Makes a catalog of the images that a CSV file lists, read as the options say.</summary>
    /// <remarks>As <see cref="FromCsv(string)"/>.</remarks>
    /// <param name="path">
    /// The CSV file. Relative paths are resolved now, against the current directory; the file is read when
    /// <see cref="ImageCatalog{TItem}.Entries"/> is.
    /// </param>
    /// <param name="configure">Changes how it is read; called now.</param>
    public static ImageCatalog<CatalogItem> FromCsv(string path, Action<CsvOptions> configure)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        ArgumentNullException.ThrowIfNull(configure);
        var options = new CsvOptions();
        configure(options);
        var list = new CsvCatalog(path, Path.GetFullPath(path), options.Encoding);
        return new(path, list.Read, () => list.Notes);
    }
}
