namespace ImageRec.Storage;

/// <summary>
/// Grants the right to change a catalog file to one holder among all processes: a companion file beside the catalog, which exists as long
/// as the lock is held. The system releases it when the holder dies.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    private const int Tries = 20;
    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <exception cref="CatalogFileException">
    /// Somebody else holds it, named if the file says who; or the folder cannot be written.
    /// </exception>
    public static WriterLock Acquire(string catalogPath)
    {
        var path = catalogPath + ".lock";
        for (var i = 0; i < Tries; i++)
        {
            try
            {
                var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
                if (IsStillAt(path, file, i))
                    return new WriterLock(file);
                file.Dispose();
            }
            catch (DirectoryNotFoundException e)
            {
                throw new CatalogFileException(CatalogFileErrors.NotWritable(catalogPath), e);
            }
            catch (IOException e)
            {
                throw WriterRecord.Refusal(catalogPath, e);
            }
            catch (UnauthorizedAccessException e)
            {
                throw new CatalogFileException(CatalogFileErrors.NotWritable(catalogPath), e);
            }
        }
        throw new CatalogFileException($"'{catalogPath}' is being opened and closed by other writers all the time. Try again.");
    }

    public void Dispose() => _file.Dispose();

    /// <summary>
    /// Returns whether the locked file is the one at the path: a holder that was letting go may have deleted it in between, and somebody
    /// else made a new one.
    /// </summary>
    private static bool IsStillAt(string path, FileStream file, int attempt)
    {
        // A time that no other attempt has set, written through the handle and read by the path.
        var mark = new DateTime(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc)
            .AddMinutes((Environment.ProcessId * 50L) + (Environment.TickCount64 % 1000) + attempt);
        File.SetLastWriteTimeUtc(file.SafeFileHandle, mark);
        return File.GetLastWriteTimeUtc(path) == mark;
    }
}
