using Microsoft.Data.Sqlite;

namespace ImageRec.Storage;

/// <summary>
/// Stores a catalog in one SQLite file: items with their rows, the fitted models, settings. Opened by one writer, who holds the file's
/// <see cref="WriterLock"/>, and any number of readers, who never wait for the writer (write-ahead log). One instance is used by one thread
/// at a time.
/// </summary>
/// <remarks>
/// A catalog file is never opened by other means than SQLite in this process: closing any descriptor of a file drops every POSIX lock that
/// the process holds on it, SQLite's own among them (https://www.sqlite.org/howtocorrupt.html, 2.2).
/// </remarks>
internal sealed class CatalogFile : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];
    private readonly WriterLock? _lock;
    private WriterMark? _mark;
    private bool _isDiscarded;

    private CatalogFile(SqliteConnection connection, string? path, WriterLock? held)
    {
        (Connection, Path, _lock) = (connection, path, held);
        Log = new ChangeLog(this);
        Items = new ItemStore(this, "items", Log);
        Staged = new ItemStore(this, "staged", log: null);
        Sample = new SampleStore(this);
        State = new StateStore(this);
    }

    public SqliteConnection Connection { get; }

    /// <summary>Gets the full path; null for a temporary catalog, which vanishes when disposed.</summary>
    public string? Path { get; }

    public string Name => Path ?? Label ?? CatalogFileErrors.Temporary;

    /// <summary>Gets or sets what errors call a temporary catalog; null for what they call any.</summary>
    public string? Label { get; set; }

    /// <summary>Gets whether this instance may change the file.</summary>
    public bool IsWriter => _lock is not null || Path is null;

    public ItemStore Items { get; }

    /// <summary>Gets the items that a rebuild of a finished catalog has computed and not yet published.</summary>
    public ItemStore Staged { get; }

    public SampleStore Sample { get; }

    public StateStore State { get; }

    public ChangeLog Log { get; }

    /// <summary>Opens the catalog of that name for writing, or starts one; null for a temporary one.</summary>
    public static CatalogFile OpenOrCreate(string? path)
    {
        if (path is null)
            return CatalogConnection.Connect("", SqliteOpenMode.ReadWriteCreate, c => Start(c, null, null));
        path = CatalogPath.ForWriting(path);
        return Locked(path, held => CatalogConnection.Connect(path, SqliteOpenMode.ReadWriteCreate, c => Start(c, path, held)));
    }

    /// <summary>Opens a catalog that is there, for writing.</summary>
    public static CatalogFile OpenForWriting(string path)
    {
        path = CatalogPath.Existing(path);
        return Locked(path, held => CatalogConnection.Connect(path, SqliteOpenMode.ReadWrite, c => Start(c, path, held)));
    }

    /// <summary>Opens a catalog that is there, for reading.</summary>
    public static CatalogFile Open(string path)
    {
        path = CatalogPath.Existing(path);
        return CatalogConnection.ConnectReader(path, connection =>
        {
            var file = new CatalogFile(connection, path, held: null);
            CatalogSchema.Check(file);
            return file;
        });
    }

    /// <summary>Requires that the path still names this file, as far as a writer can know; a reader checks for itself.</summary>
    public void RequireInPlace() => _mark?.RequireInPlace();

    public void Dispose()
    {
        if (_lock is not null)
        {
            WriterRecord.Clear(this);
            EmptyLog();
        }
        foreach (var command in _prepared.Values)
            command.Dispose();
        _prepared.Clear();
        Connection.Dispose();
        if (_isDiscarded)
            DeleteFiles();
        _lock?.Dispose();
    }

    /// <summary>Returns whether the file holds an embedding or a row of any image; true also when that cannot be read.</summary>
    public bool HasComputed()
    {
        try
        {
            return Scalar("SELECT count(*) FROM sample") + Items.CountFinished() > 0;
        }
        catch (Exception e) when (e is SqliteException or CatalogFileException)
        {
            return true;
        }
    }

    /// <summary>Closes a file that a build has begun and not finished, and deletes it: nobody else has it open for writing.</summary>
    public void Discard()
    {
        _isDiscarded = Path is not null;
        Dispose();
    }

    /// <summary>Runs work in one transaction: all of it is kept, or none.</summary>
    public void Atomically(Action work) => AtomicallyAsync(() =>
    {
        work();
        return ValueTask.CompletedTask;
    }).AsTask().GetAwaiter().GetResult();

    /// <summary>Runs work in one transaction: all of it is kept, or none.</summary>
    /// <param name="work">Changes the file; what it awaits keeps the transaction open.</param>
    public async ValueTask AtomicallyAsync(Func<ValueTask> work)
    {
        try
        {
            Execute("BEGIN IMMEDIATE");
            try
            {
                await work().ConfigureAwait(false);
                State.Flush();
                Items.Flush();
                RequireInPlace();
                Execute("COMMIT");
            }
            catch
            {
                RollBack();
                throw;
            }
        }
        catch (SqliteException e)
        {
            throw CatalogFileErrors.Explain(Name, e);
        }
    }

    /// <summary>Begins to read what is all of one moment.</summary>
    /// <returns>Ends it when disposed.</returns>
    public IDisposable BeginReading()
    {
        Guard(() =>
        {
            Execute("BEGIN");
            // The moment is the first look's.
            return Scalar("SELECT count(*) FROM sqlite_schema");
        });
        return new Reading(this);
    }

    public SqliteCommand Command(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Connection.Command(sql, parameters);

    /// <summary>Runs a statement; the same text is prepared once and kept.</summary>
    public void Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepared(sql, parameters).ExecuteNonQuery();

    /// <summary>Returns the statement of that text with these values, prepared once and kept.</summary>
    public SqliteCommand Prepared(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
            _prepared.Add(sql, command = Command(sql, parameters));
        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i].Value ?? DBNull.Value;
        return command;
    }

    public long Scalar(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        Prepared(sql, parameters).Scalar();

    /// <summary>Returns the space of deleted content to the disk, when it is worth the copying.</summary>
    public void Compact() => Guard(() =>
    {
        if (Scalar("PRAGMA freelist_count") * 20 > Scalar("PRAGMA page_count"))
            Vacuum();
        return 0;
    });

    /// <summary>Writes all content anew, without gaps.</summary>
    public void Vacuum() => Guard(() =>
    {
        Execute("VACUUM");
        // What the write-ahead log holds goes into the file now; a log as long as the file would stay otherwise.
        Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        return 0;
    });

    /// <summary>Turns SQLite's errors, and what damaged content makes of its values, into sentences about the catalog file.</summary>
    public T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (SqliteException e)
        {
            throw CatalogFileErrors.Explain(Name, e);
        }
        catch (Exception e) when (e is InvalidCastException or OverflowException or FormatException || IsMissingValue(e))
        {
            throw CatalogFileErrors.Damaged(Name, $"a value is of another kind than was written ({e.Message})", e);
        }
    }

    // Microsoft.Data.Sqlite has no type of its own for it, and what a caller's component throws passes here too.
    private static bool IsMissingValue(Exception e) =>
        e is InvalidOperationException && e.Message.StartsWith("The data is NULL", StringComparison.Ordinal);

    public CatalogFileException Damaged(string what) => CatalogFileErrors.Damaged(Name, what);

    private static CatalogFile Locked(string path, Func<WriterLock, CatalogFile> open)
    {
        var held = WriterLock.Acquire(path);
        try
        {
            return open(held);
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    private static CatalogFile Start(SqliteConnection connection, string? path, WriterLock? held)
    {
        var file = new CatalogFile(connection, path, held);
        CatalogSchema.CreateOrUpgrade(file);
        if (held is not null)
            {
            WriterRecord.Write(file);
            file._mark = new WriterMark(path!);
        }
        return file;
    }

    private sealed class Reading(CatalogFile file) : IDisposable
    {
        public void Dispose()
        {
            try
            {
                file.Execute("ROLLBACK");
            }
            catch (SqliteException)
            {
                // It has ended already, and the error has been reported.
            }
        }
    }

    private void DeleteFiles()
    {
        foreach (var file in new[] { Path + "-wal", Path + "-shm", Path! })
        {
            try
            {
                File.Delete(file);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // It stays as any interrupted build does: the error being thrown says what happened.
            }
        }
    }

    /// <summary>Moves everything into the main file, so that the log beside it no longer matters, even if readers keep it there.</summary>
    private void EmptyLog()
    {
        try
        {
            Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // On a full disk, say: the log stays beside the file, and the next connection that opens the file merges it.
        }
    }

    private void RollBack()
    {
        Items.Forget();
        State.Forget();
        try
        {
            Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // A full disk rolls back by itself; the first error is the one that says what happened.
        }
    }
}
