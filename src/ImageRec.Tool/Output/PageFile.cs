namespace ImageRec.Tool.Output;

/// <summary>The page that a command is to write, looked at before the work that fills it begins.</summary>
internal static class PageFile
{
    private const int HeadBytes = 256;

    /// <param name="path">As given.</param>
    /// <returns>The full path of a file that can be written, and that holds a page or nothing if it is there.</returns>
    /// <exception cref="CatalogException">It cannot be written, or is something else, which a page must not replace.</exception>
    public static string Require(string path)
    {
        var page = Path.GetFullPath(path);
        if (Directory.Exists(page))
            throw new CatalogException(
                $"'{path}' is a folder; give the name of the page in it, such as '{Path.Combine(path, "page.html")}'.");
        var folder = Path.GetDirectoryName(page)!;
        if (!Directory.Exists(folder))
            throw new CatalogException(
                $"There is no folder '{folder}' for the page '{Path.GetFileName(page)}'. Make it first, or choose another location.");
        try
        {
            if (!IsPageOrNothing(page))
                throw new CatalogException(
                    $"'{path}' is there and is no page. Choose another name, such as '{Path.GetFileNameWithoutExtension(path)}-page.html', "
                    + "or delete it first.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogException(
                $"The page '{path}' cannot be written: {e.Message} Allow writing there, or choose another location.", e);
        }
        return page;
    }

    private static bool IsPageOrNothing(string page)
    {
        if (!File.Exists(page))
        {
            new FileStream(page, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose).Dispose();
            return true;
        }
        using (var written = new FileStream(page, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
        {
            // A terminal or a pipe is only written to.
            if (!written.CanSeek || written.Length == 0)
                return true;
        }
        using var reader = new StreamReader(page);
        var head = new char[HeadBytes];
        return head.AsSpan(0, reader.ReadBlock(head)).TrimStart() is ['<', ..];
    }
}
