namespace ImageRec.Storage;

/// <summary>What can be told of a catalogue file before SQLite opens it.</summary>
internal static class CatalogFileHeader
{
    /// <summary>Refuses what is not a SQLite file, before anything could be written to it.</summary>
    public static void Check(string path)
    {
        Span<byte> start = stackalloc byte[16];
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            if (stream.ReadAtLeast(start, 16, throwOnEndOfStream: false) < 16 || !start.SequenceEqual("SQLite format 3\0"u8))
                throw new CatalogFileException($"'{path}' is not a catalogue file. Give a file that a build has written; this one was left as it is.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogFileException($"'{path}' cannot be opened: {e.Message}", e);
        }
    }

    public static bool IsWritable(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
