using System.Globalization;
using System.Runtime.InteropServices;
using ImageRec.Storage;
using Microsoft.Data.Sqlite;

namespace ImageRec.Evaluation;

/// <summary>Feature rows in a SQLite file, by the extractor's fingerprint and the picture's content. Used by one thread at a time.</summary>
internal sealed class FeatureCache : IDisposable
{
    private const int ApplicationId = 0x49524663; // "IRFc"
    private const string Schema = """
        CREATE TABLE models(id INTEGER PRIMARY KEY, fingerprint TEXT NOT NULL UNIQUE, milliseconds REAL NOT NULL DEFAULT 0, pictures INTEGER NOT NULL DEFAULT 0);
        CREATE TABLE features(model INTEGER NOT NULL, hash BLOB NOT NULL, row BLOB NOT NULL, seal INTEGER NOT NULL, PRIMARY KEY(model, hash));
        """;

    private readonly SqliteConnection _connection;
    private readonly string _path;

    private FeatureCache(SqliteConnection connection, string path) => (_connection, _path) = (connection, path);

    /// <summary>Opens a cache, or starts one.</summary>
    /// <exception cref="CatalogFileException">The file is not a cache, or cannot be written.</exception>
    public static FeatureCache Open(string path)
    {
        path = Path.GetFullPath(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, DefaultTimeout = 10 }.ToString());
        try
        {
            connection.Open();
            var cache = new FeatureCache(connection, path);
            cache.Prepare();
            return cache;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw new CatalogFileException($"'{path}' cannot be used as a cache of features: {e.Message} Choose another file.", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>The number by which an extractor's rows are kept.</summary>
    public long Model(string fingerprint)
    {
        Execute("INSERT OR IGNORE INTO models(fingerprint) VALUES($fingerprint)", ("$fingerprint", fingerprint));
        using var command = Command("SELECT id FROM models WHERE fingerprint = $fingerprint", ("$fingerprint", fingerprint));
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Reads a row; a damaged one counts as missing.</summary>
    public bool TryRead(long model, UInt128 hash, Span<float> row)
    {
        using var command = Command("SELECT row, seal FROM features WHERE model = $model AND hash = $hash", ("$model", model), ("$hash", ContentHash.ToBytes(hash)));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            return false;
        var data = (byte[])reader[0];
        if (data.Length != row.Length * sizeof(float) || ContentHash.Checksum(data) != reader.GetInt64(1))
            return false;
        MemoryMarshal.Cast<byte, float>(data).CopyTo(row);
        return true;
    }

    /// <summary>Keeps rows that were computed together.</summary>
    /// <param name="model">Of <see cref="Model"/>.</param>
    /// <param name="rows">Hashes and rows.</param>
    /// <param name="milliseconds">The time they took.</param>
    public void Write(long model, IReadOnlyList<(UInt128 Hash, ReadOnlyMemory<float> Row)> rows, double milliseconds)
    {
        using var transaction = _connection.BeginTransaction();
        foreach (var (hash, row) in rows)
        {
            var data = MemoryMarshal.AsBytes(row.Span).ToArray();
            Execute("INSERT OR REPLACE INTO features(model, hash, row, seal) VALUES($model, $hash, $row, $seal)",
                ("$model", model), ("$hash", ContentHash.ToBytes(hash)), ("$row", data), ("$seal", ContentHash.Checksum(data)));
        }
        Execute("UPDATE models SET milliseconds = milliseconds + $milliseconds, pictures = pictures + $pictures WHERE id = $model",
            ("$milliseconds", milliseconds), ("$pictures", rows.Count), ("$model", model));
        transaction.Commit();
    }

    /// <summary>Mean time a picture took, over all that were ever computed; NaN before the first.</summary>
    public double MillisecondsPerPicture(long model)
    {
        using var command = Command("SELECT milliseconds / pictures FROM models WHERE id = $model AND pictures > 0", ("$model", model));
        return command.ExecuteScalar() is double milliseconds ? milliseconds : double.NaN;
    }

    public void Dispose() => _connection.Dispose();

    private void Prepare()
    {
        var application = Scalar("PRAGMA application_id");
        if (application == ApplicationId)
            return;
        if (application != 0 || Scalar("SELECT count(*) FROM sqlite_master") > 0)
            throw new CatalogFileException($"'{_path}' is a file of another kind, not a cache of features; it was left as it is. Choose another file.");
        using var transaction = _connection.BeginTransaction();
        Execute($"{Schema} PRAGMA application_id = {ApplicationId};");
        transaction.Commit();
    }

    private long Scalar(string sql)
    {
        using var command = Command(sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private void Execute(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        using var command = Command(sql, parameters);
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return command;
    }
}
