using System.Runtime.InteropServices;
using ImageRec.Storage;
using Microsoft.Data.Sqlite;

namespace ImageRec.Evaluation.Caching;

/// <summary>
/// Keeps embeddings in a SQLite file, by the extractor's fingerprint and the image's content. One thread at a time may use it.
/// </summary>
internal sealed class FeatureCache : IDisposable
{
    private const int ApplicationId = 0x49524663; // "IRFc"
    private const string Schema = """
        CREATE TABLE models(
            id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE,
            milliseconds REAL NOT NULL DEFAULT 0, pictures INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE features(
            model INTEGER NOT NULL, hash BLOB NOT NULL, row BLOB NOT NULL, checksum INTEGER NOT NULL, PRIMARY KEY(model, hash));
        """;

    private readonly SqliteConnection _connection;
    private readonly string _path;

    private FeatureCache(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Opens a cache, or creates one.</summary>
    /// <exception cref="CatalogFileException">The file is not a cache, or cannot be written.</exception>
    public static FeatureCache Open(string path)
    {
        path = Path.GetFullPath(path);
        try
        {
            return CatalogConnection.Connect(path, SqliteOpenMode.ReadWriteCreate, connection =>
            {
                var cache = new FeatureCache(connection, path);
                cache.Prepare();
                return cache;
            });
        }
        catch (CatalogFileException e) when (e.InnerException is SqliteException error)
        {
            throw new CatalogFileException($"'{path}' cannot be used as a cache of features: {error.Message} Choose another file.", error);
        }
    }

    /// <summary>Returns the number by which the rows of an extractor are kept.</summary>
    public long Model(string fingerprint)
    {
        _connection.Execute("INSERT OR IGNORE INTO models(fingerprint) VALUES($fingerprint)", ("$fingerprint", fingerprint));
        using var command = _connection.Command("SELECT id FROM models WHERE fingerprint = $fingerprint", ("$fingerprint", fingerprint));
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Reads a row. A damaged one counts as missing.</summary>
    public bool TryRead(long model, UInt128 hash, Span<float> row)
    {
        using var command = _connection.Command(
            "SELECT row, checksum FROM features WHERE model = $model AND hash = $hash",
            ("$model", model), ("$hash", ContentHash.ToBytes(hash)));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return false;
        var data = (byte[])reader[0];
        if (data.Length != row.Length * sizeof(float) || ContentHash.Checksum(data) != reader.GetInt64(1))
            return false;
        MemoryMarshal.Cast<byte, float>(data).CopyTo(row);
        return true;
    }

    /// <summary>Writes rows that were computed together.</summary>
    /// <param name="model">The number of the extractor, from <see cref="Model"/>.</param>
    /// <param name="rows">The hash of each image's bytes, and its row.</param>
    /// <param name="milliseconds">The time they took together.</param>
    public void Write(long model, IReadOnlyList<(UInt128 Hash, ReadOnlyMemory<float> Row)> rows, double milliseconds)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var (hash, row) in rows)
        {
            var data = MemoryMarshal.AsBytes(row.Span).ToArray();
            _connection.Execute("INSERT OR REPLACE INTO features(model, hash, row, checksum) VALUES($model, $hash, $row, $checksum)",
                ("$model", model), ("$hash", ContentHash.ToBytes(hash)), ("$row", data), ("$checksum", ContentHash.Checksum(data)));
        }
        _connection.Execute(
            "UPDATE models SET milliseconds = milliseconds + $milliseconds, pictures = pictures + $pictures WHERE id = $model",
            ("$milliseconds", milliseconds), ("$pictures", rows.Count), ("$model", model));
        transaction.Commit();
    }

    /// <summary>Returns the mean time per image, over all that were ever computed; NaN before the first.</summary>
    public double ReadMillisecondsPerImage(long model)
    {
        using var command = _connection.Command(
            "SELECT milliseconds / pictures FROM models WHERE id = $model AND pictures > 0", ("$model", model));
        return command.ExecuteScalar() is double milliseconds ? milliseconds : double.NaN;
    }

    public void Dispose() => _connection.Dispose();

    private void Prepare()
    {
        var application = Scalar("PRAGMA application_id");
        if (application == ApplicationId)
        {
            RenameChecksums();
            return;
        }
        if (application != 0 || Scalar("SELECT count(*) FROM sqlite_master") > 0)
            throw new CatalogFileException(
                $"'{_path}' is a file of another kind, not a cache of features; it was left as it is. Choose another file.");
        using var transaction = _connection.BeginTransaction();
        _connection.Execute($"{Schema} PRAGMA application_id = {ApplicationId};");
        transaction.Commit();
    }

    // Files written before the first release call the column "seal".
    private void RenameChecksums()
    {
        if (Scalar("SELECT count(*) FROM pragma_table_info('features') WHERE name = 'seal'") > 0)
            _connection.Execute("ALTER TABLE features RENAME COLUMN seal TO checksum");
    }

    private long Scalar(string sql)
    {
        using var command = _connection.Command(sql);
        return command.Scalar();
    }
}
