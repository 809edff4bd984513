using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageRec.Storage;

/// <summary>Copies a catalog while it is used.</summary>
internal static class CatalogBackup
{
    /// <param name="source">The catalog.</param>
    /// <param name="path">A file that is not there yet; it appears when it is complete and verified.</param>
    /// <param name="dimensions">Dimensions per row.</param>
    /// <param name="cancellationToken">Stops the copying.</param>
    public static void Write(string source, string path, int dimensions, CancellationToken cancellationToken)
    {
        path = CatalogPath.ForWriting(path);
        if (File.Exists(path))
            throw new CatalogFileException(
                $"'{path}' is there already, and a copy does not replace it. Choose another name, or delete it first.");
        // A name of its own: nobody else's file is touched.
        var partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            Copy(source, partial, path, cancellationToken);
            Verify(partial, dimensions, cancellationToken);
            File.Move(partial, path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CatalogFileException($"'{path}' cannot be written: {e.Message}", e);
        }
        finally
        {
            Delete(partial);
        }
    }

    private static void Copy(string source, string partial, string path, CancellationToken cancellationToken)
    {
        // Not our own connection: a copy is of one moment, and must not keep the writer's own work waiting.
        using var file = CatalogFile.Open(source);
        using var stop = cancellationToken.Register(() => raw.sqlite3_interrupt(file.Connection.Handle));
        try
        {
            file.Connection.Execute("PRAGMA query_only = OFF");
            file.Connection.Execute("VACUUM INTO $path", ("$path", partial));
        }
        catch (SqliteException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw CatalogFileErrors.Explain(e.SqliteErrorCode is 11 or 26 ? file.Name : path, e);
        }
    }

    private static void Verify(string partial, int dimensions, CancellationToken cancellationToken)
    {
        CatalogConnection.Connect(partial, SqliteOpenMode.ReadWrite, connection =>
        {
            // Whoever writes the original does not write the copy.
            connection.Execute("DELETE FROM writer");
            return 0;
        });
        using var copy = CatalogFile.Open(partial);
        foreach (var _ in copy.Items.ReadAll(dimensions))
            cancellationToken.ThrowIfCancellationRequested();
    }

    private static void Delete(string partial)
    {
        foreach (var end in new[] { "", "-wal", "-shm", "-journal" })
            if (File.Exists(partial + end))
                File.Delete(partial + end);
    }
}
