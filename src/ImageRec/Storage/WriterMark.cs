namespace ImageRec.Storage;

/// <summary>
/// Tells whether the path still names the file that a writer has open: what is written into one that was deleted or replaced meanwhile is lost with it, and must
/// not be acknowledged.
/// </summary>
/// <remarks>
/// The writer leaves a token of its own in the file. It is looked for in the main file alone: the write-ahead log beside it is still the old one's, and would
/// make any file look like it.
/// </remarks>
/// <param name="file">The file.</param>
/// <param name="token">What the writer left.</param>
internal sealed class WriterMark(CatalogFile file, string token)
{
    private bool _seen;

    /// <summary>Leaves a token.</summary>
    public static WriterMark Leave(CatalogFile file)
    {
        var mark = new WriterMark(file, WriterRecord.Write(file));
        // Into the main file, as far as readers of earlier moments allow.
        file.Guard(() =>
        {
            file.Execute("PRAGMA wal_checkpoint(PASSIVE)");
            return 0;
        });
        return mark;
    }

    /// <exception cref="CatalogFileException">The path names no file, or another one.</exception>
    public void RequireInPlace()
    {
        if (!File.Exists(file.Path) || !IsThere())
            throw new CatalogFileException(
                $"'{file.Name}' was deleted, moved or replaced while it was open for writing; nothing was changed. Put it back, or open it anew.");
    }

    private bool IsThere()
    {
        try
        {
            using var main = CatalogFile.OpenMain(file.Path!);
            if (WriterRecord.Read(main)?.Token == token)
                return _seen = true;
            if (_seen)
                return false;
            // Not checkpointed yet: then it is at an earlier place of our own history, or before any.
            var place = main.Guard(main.Log.Read);
            return place.Number == 0 || file.Log.Since(place) is not null;
        }
        catch (CatalogFileException) when (!_seen)
        {
            // A new file, whose first pages are in the log only.
            return true;
        }
        catch (CatalogFileException)
        {
            return false;
        }
    }
}
