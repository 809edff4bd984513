using Microsoft.Data.Sqlite;

namespace ImageRec.Storage;

/// <summary>Writes the sentences that say what is wrong with a catalog file.</summary>
internal static class CatalogFileErrors
{
    /// <summary>What errors call a catalog without a file.</summary>
    public const string Temporary = "(temporary)";

    // Result codes: https://www.sqlite.org/rescode.html
    public static CatalogFileException Explain(string name, SqliteException e) => new(e.SqliteErrorCode switch
    {
        26 => NotACatalog(name),
        19 => Damaged(name, $"two items claim one place ({e.Message})").Message,
        11 => $"'{name}' is damaged ({e.Message}). Restore it from a copy, or delete it and build again.",
        5 or 6 => $"'{name}' is being written by another program. Wait until it has finished, then try again.",
        3 or 8 or 14 => NotWritable(name),
        10 => $"Reading or writing '{name}' failed ({e.Message}). The disk may be full, damaged or gone; see that it is there, then try "
        + "again: what was done before is kept.",
        18 => $"A value of '{name}' is larger than 64 MB: an item's JSON must be smaller than that, or the file is damaged.",
        13 => $"The disk is full while writing '{name}'. Free some space and try again; what was done before is kept.",
        _ => $"'{name}' cannot be used: {e.Message}",
    }, e);

    public static CatalogFileException Damaged(string name, string what, Exception? inner = null)
    {
        var message = $"'{name}' is damaged: {what}. Restore it from a copy, or delete it and build again.";
        return inner is null ? new(message) : new(message, inner);
    }

    public static string NotACatalog(string name) =>
        $"'{name}' is not a catalog file, or its first bytes are damaged. Give a file that a build has written; this one was left "
            + "as it is.";

    public static string NotWritable(string name) =>
        $"'{name}' cannot be written: the file or its folder is read-only, or not there. Choose another place, or allow writing.";
}
