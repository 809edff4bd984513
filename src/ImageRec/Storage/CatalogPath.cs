namespace ImageRec.Storage;

/// <summary>Checks a catalog file's path before anything is opened.</summary>
internal static class CatalogPath
{
    /// <summary>Returns the full path of a file that may still have to be made.</summary>
    public static string ForWriting(string path)
    {
        path = Full(path);
        if (Directory.Exists(path))
            throw new CatalogFileException(
                $"'{path}' is a folder; give the name of a file in it, such as '{Path.Combine(path, "catalog.imagerec")}'.");
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new CatalogFileException(
                $"There is no folder '{folder}' for the catalog file '{Path.GetFileName(path)}'. Make it first, or choose another place.");
        return path;
    }

    /// <summary>Returns the full path of a file that is there.</summary>
    public static string Existing(string path)
    {
        path = Full(path);
        if (Directory.Exists(path))
            throw new CatalogFileException($"'{path}' is a folder, not a catalog file. Give the file that a build has written.");
        if (!File.Exists(path))
            throw new CatalogFileException($"There is no catalog file '{path}'. Build one first.");
        return path;
    }

    private static string Full(string path)
    {
        if (path.Contains('\0', StringComparison.Ordinal))
            throw new CatalogFileException($"The path '{path.Replace("\0", "\\0", StringComparison.Ordinal)}' of a catalog file contains a "
                + "null character. Give the path of a file.");
        var full = Path.GetFullPath(path);
        try
        {
            // One file, one lock, whatever names it has.
            return File.ResolveLinkTarget(full, returnFinalTarget: true)?.FullName ?? full;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return full;
        }
    }
}
