using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageRec.Storage;

/// <summary>Opens SQLite connections to catalog files.</summary>
internal static class CatalogConnection
{
    private const int MaxValueBytes = 64 * 1024 * 1024;

    /// <summary>Opens a connection and passes it on; nothing stays open when that fails.</summary>
    /// <param name="path">The file; empty for SQLite's private temporary database, which is on disk once it outgrows its cache.</param>
    /// <param name="mode">How to open.</param>
    /// <param name="use">Makes the result.</param>
    public static T Connect<T>(string path, SqliteOpenMode mode, Func<SqliteConnection, T> use)
    {
        var connection = new SqliteConnection(
            new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            // A damaged length must not be believed: no part of a catalog is near as large.
            _ = raw.sqlite3_limit(connection.Handle, raw.SQLITE_LIMIT_LENGTH, MaxValueBytes);
            return use(connection);
        }
        catch (Exception e)
        {
            connection.Dispose();
            if (e is SqliteException error)
                throw CatalogFileErrors.Explain(path.Length == 0 ? CatalogFileErrors.Temporary : path, error);
            throw;
        }
    }

    /// <summary>Opens a file for reading, wherever it is.</summary>
    /// <remarks>
    /// In a folder that can be written, the last to close deletes the companions of the write-ahead log, which needs a connection that
    /// could write; so readers have one, and set it to query only. In a folder that cannot be written and without a log, nothing can
    /// change, and the file is read as it is.
    /// </remarks>
    public static T ConnectReader<T>(string path, Func<SqliteConnection, T> use)
    {
        try
        {
            return Connect(path, SqliteOpenMode.ReadWrite, connection =>
            {
                connection.Execute("PRAGMA query_only = ON");
                connection.Execute("SELECT count(*) FROM sqlite_schema");
                return use(connection);
            });
        }
        catch (CatalogFileException e) when (e.InnerException is SqliteException { SqliteErrorCode: 3 or 8 or 14 or 10 })
        {
            var immutable = !File.Exists(path + "-wal");
            return Connect(immutable ? new Uri(path).AbsoluteUri + "?immutable=1" : path, SqliteOpenMode.ReadOnly, use);
        }
    }

    /// <summary>Returns whether SQLite could open the file for reading only.</summary>
    public static bool IsReadOnly(SqliteConnection connection) => raw.sqlite3_db_readonly(connection.Handle, "main") == 1;
}
