using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ImageRec.Storage;

/// <summary>
/// One SQLite file that holds a catalogue: items with their rows, the fitted models, settings. Used by one thread at a time, except <see cref="OpenReader"/>.
/// </summary>
internal sealed class CatalogFile : IDisposable
{
    private const int ApplicationId = 0x49526563; // "IRec"
    private const int SchemaVersion = 1;
    private const string Schema = """
        CREATE TABLE items(key INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, category TEXT, item TEXT, hash BLOB, cluster INTEGER, distance REAL, row BLOB, seal INTEGER);
        CREATE TABLE sample(key INTEGER PRIMARY KEY, hash BLOB NOT NULL, features BLOB NOT NULL, seal INTEGER NOT NULL);
        CREATE TABLE unreadable(id TEXT PRIMARY KEY, reason TEXT NOT NULL);
        CREATE TABLE state(name TEXT NOT NULL, chunk INTEGER NOT NULL, data BLOB NOT NULL, seal INTEGER NOT NULL, PRIMARY KEY(name, chunk));
        """;

    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private FileStream? _claim;

    private CatalogFile(SqliteConnection connection, string? path)
    {
        (Connection, Path) = (connection, path);
        Items = new ItemStore(this);
        Sample = new SampleStore(this);
        State = new StateStore(this);
    }

    public SqliteConnection Connection { get; }

    /// <summary>Full path; null for a temporary catalogue, which vanishes when disposed.</summary>
    public string? Path { get; }

    public string Name => Path ?? "(temporary)";

    public ItemStore Items { get; }

    public SampleStore Sample { get; }

    public StateStore State { get; }

    /// <summary>Opens the catalogue of that name, or starts one.</summary>
    public static CatalogFile OpenOrCreate(string? path)
    {
        if (path is null)
            return Connect(null, SqliteOpenMode.ReadWriteCreate, create: true);
        path = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(path))
            throw new CatalogFileException($"'{path}' is a folder; give the name of a file in it, such as '{System.IO.Path.Combine(path, "catalog.imagerec")}'.");
        var folder = System.IO.Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder))
            throw new CatalogFileException($"There is no folder '{folder}' for the catalogue file '{System.IO.Path.GetFileName(path)}'. Make it first, or choose another place.");
        var isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
        if (!isNew)
            CatalogFileHeader.Check(path);
        return Connect(path, SqliteOpenMode.ReadWriteCreate, isNew);
    }

    /// <summary>Opens a catalogue that is there; for reading only when the file cannot be written.</summary>
    public static CatalogFile Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        if (!File.Exists(path))
            throw new CatalogFileException($"There is no catalogue file '{path}'. Build one first.");
        CatalogFileHeader.Check(path);
        return Connect(path, CatalogFileHeader.IsWritable(path) ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly, create: false);
    }

    public void Dispose()
    {
        Release();
        foreach (var command in _prepared.Values)
            command.Dispose();
        Connection.Dispose();
    }

    /// <summary>A second connection for reading beside the first; null for a temporary catalogue, which has only one.</summary>
    public SqliteConnection? OpenReader()
    {
        if (Path is null)
            return null;
        var reader = new SqliteConnection(ConnectionString(Path, SqliteOpenMode.ReadOnly));
        reader.Open();
        return reader;
    }

    /// <summary>Keeps other builds out until <see cref="Release"/>; readers may look on.</summary>
    public void Claim()
    {
        if (Path is null)
            return;
        try
        {
            _claim = new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException e)
        {
            throw new CatalogFileException(BeingWritten(Path), e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CatalogFileException(NotWritable(Path), e);
        }
    }

    /// <summary>Ends what <see cref="Claim"/> began.</summary>
    public void Release() => _claim?.Dispose();

    /// <summary>Runs work in one transaction: all of it is kept, or none.</summary>
    public void Atomically(Action work) => Guard(() =>
    {
        Execute("BEGIN IMMEDIATE");
        try
        {
            work();
            Execute("COMMIT");
        }
        catch
        {
            Execute("ROLLBACK");
            throw;
        }
        return 0;
    });

    public SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return command;
    }

    /// <summary>Runs a statement; the same text is prepared once and kept.</summary>
    public void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
            _prepared.Add(sql, command = Command(sql, parameters));
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        command.ExecuteNonQuery();
    }

    public long Scalar(string sql)
    {
        using var command = Command(sql);
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    /// <summary>Gives the space of what was deleted back to the disk, when it is worth the copying.</summary>
    public void Compact() => Guard(() =>
    {
        if (Scalar("PRAGMA freelist_count") * 20 > Scalar("PRAGMA page_count"))
            Execute("VACUUM");
        return 0;
    });

    /// <summary>Turns SQLite's errors into sentences about the catalogue file.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw Explain(Name, e);
        }
    }

    public CatalogFileException Damaged(string what) => new($"'{Name}' is damaged: {what}. Restore it from a copy, or delete it and build again.");

    private static CatalogFile Connect(string? path, SqliteOpenMode mode, bool create)
    {
        var connection = new SqliteConnection(ConnectionString(path, mode));
        try
        {
            connection.Open();
            var file = new CatalogFile(connection, path);
            if (path is null)
                file.Execute("PRAGMA synchronous = OFF");
            if (create)
                file.Atomically(file.CreateTables);
            file.CheckKind();
            return file;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Explain(path ?? "(temporary)", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // An empty name is SQLite's private temporary database, on disk once it outgrows its cache.
    private static string ConnectionString(string? path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path ?? "", Mode = mode, Pooling = false, DefaultTimeout = 10 }.ToString();

    // Inside the transaction: of two processes that start one file, the second finds the tables of the first.
    private void CreateTables()
    {
        if (Scalar("PRAGMA application_id") == 0)
            Execute($"{Schema} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {SchemaVersion};");
    }

    private void CheckKind()
    {
        if (Scalar("PRAGMA application_id") != ApplicationId)
            throw new CatalogFileException($"'{Name}' is a SQLite file of another program, not a catalogue file; it was left as it is.");
        var version = Scalar("PRAGMA user_version");
        if (version > SchemaVersion)
            throw new CatalogFileException($"'{Name}' has format version {version}; this version of ImageRec reads up to {SchemaVersion}. Update the ImageRec package.");
    }

    // Result codes: https://www.sqlite.org/rescode.html
    private static CatalogFileException Explain(string name, SqliteException e) => new(e.SqliteErrorCode switch
    {
        11 or 26 => $"'{name}' is damaged ({e.Message}). Restore it from a copy, or delete it and build again.",
        5 or 6 => BeingWritten(name),
        3 or 8 or 14 => NotWritable(name),
        13 => $"The disk is full while writing '{name}'. Free some space and run the build again; what was done is kept.",
        _ => $"'{name}' cannot be used: {e.Message}",
    }, e);

    private static string BeingWritten(string name) => $"'{name}' is being written by another process. Wait until it has finished, then try again.";

    private static string NotWritable(string name) => $"'{name}' cannot be written: the file or its folder is read-only, or not there. Choose another place, or allow writing.";
}
