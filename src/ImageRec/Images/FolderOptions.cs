namespace ImageRec;

/// <summary>Says which files and folders <see cref="ImageCatalog.FromFolder(string, Action{FolderOptions})"/> leaves out.</summary>
public sealed class FolderOptions
{
    /// <summary>
    /// Gets the patterns of what is left out. A pattern without a slash is compared with the name of every file and folder, one with a
    /// slash with the path relative to the catalog's folder; <c>*</c> stands for any characters of a name, <c>?</c> for one, <c>**</c> for
    /// any folders, none included. A pattern that ends in a slash leaves out folders only. Case does not matter.
    /// </summary>
    /// <example><c>drafts</c>, <c>*_thumb.*</c>, <c>archive/20??</c>, <c>shoes/**/back.jpg</c>.</example>
    /// <value>
    /// Unless changed: names that begin with a dot (<c>.*</c>, which covers <c>.git</c>, <c>.thumbnails</c> and the <c>._</c> files of
    /// macOS), and what systems store beside photos: <c>@eaDir</c>, <c>@Recycle</c>, <c>#recycle</c>, <c>#snapshot</c>,
    /// <c>$RECYCLE.BIN</c>, <c>RECYCLER</c>, <c>System Volume Information</c>, <c>__MACOSX</c>, <c>Thumbs.db</c>. Remove one to take what
    /// it names.
    /// </value>
    public IList<string> Exclude { get; } =
    [
        ".*", ".thumbnails", "._*", "@eaDir", "@Recycle", "#recycle", "#snapshot", "$RECYCLE.BIN", "RECYCLER", "System Volume Information",
        "__MACOSX", "Thumbs.db",
    ];
}
