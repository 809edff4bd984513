using System.Diagnostics;
using System.Globalization;
using Microsoft.Data.Sqlite;

namespace ImageRec.Storage;

/// <summary>Says who holds the writer lock; kept in the file, so that an error can name the holder.</summary>
/// <param name="Process">Its id.</param>
/// <param name="Machine">Where it runs.</param>
/// <param name="Name">The program.</param>
/// <param name="Since">When it took the lock, in UTC.</param>
internal sealed record WriterRecord(int Process, string Machine, string Name, string Since)
{
    /// <summary>Gets whether the process may still be there; one of another machine always may.</summary>
    public bool MayBeAlive
    {
        get
        {
            if (Machine != Environment.MachineName)
                return true;
            try
            {
                using var process = System.Diagnostics.Process.GetProcessById(Process);
                return !process.HasExited;
            }
            catch (ArgumentException)
            {
                return false;
            }
            catch (InvalidOperationException)
            {
                return false;
            }
        }
    }

    public override string ToString() => Process == Environment.ProcessId && Machine == Environment.MachineName
        ? $"by another engine of this process, since {Since}"
        : $"by process {Process.ToString(CultureInfo.InvariantCulture)} ({Name}) on {Machine}, since {Since}";

    public static void Write(CatalogFile file) => file.Atomically(() =>
    {
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        file.Execute("DELETE FROM writer");
        file.Execute("INSERT INTO writer(process, machine, name, since) VALUES($process, $machine, $name, $since)",
            ("$process", Environment.ProcessId), ("$machine", Environment.MachineName), ("$name", self.ProcessName),
            ("$since", DateTime.UtcNow.ToString("yyyy-MM-dd HH:mm:ss'Z'", CultureInfo.InvariantCulture)));
    });

    /// <summary>Removes the record, if that can be done.</summary>
    public static void Clear(CatalogFile file)
    {
        try
        {
            file.Atomically(() => file.Execute("DELETE FROM writer"));
        }
        catch (Exception e) when (e is CatalogFileException or SqliteException or InvalidOperationException or ObjectDisposedException)
        {
            // On a full disk, say: the next writer writes its own.
        }
    }

    public static WriterRecord? Read(CatalogFile file) => file.Guard(() =>
    {
        if (file.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'writer'") == 0)
            return null;
        using var command = file.Command("SELECT process, machine, name, since FROM writer");
        using var reader = command.ExecuteReader();
        return reader.Read() ? new WriterRecord(reader.GetInt32(0), reader.GetString(1), reader.GetString(2), reader.GetString(3)) : null;
    });

    /// <summary>Returns the error for an engine that cannot have the lock.</summary>
    public static CatalogFileException Refusal(string path, IOException reason)
    {
        WriterRecord? holder = null;
        try
        {
            if (File.Exists(path))
            {
                using var file = CatalogFile.Open(path);
                holder = Read(file);
            }
        }
        catch (CatalogFileException)
        {
            // It is being made: nobody has signed yet.
        }
        if (holder is null && reason is not { HResult: SharingViolation or WouldBlock or AccessDeniedByLock })
            return new(CatalogFileErrors.NotWritable(path), reason);
        var sentence = $"'{path}' is being changed {holder?.ToString() ?? "by another process"}. Only one engine changes a file at a time; "
            + "wait until that one has ended. Reading goes on meanwhile: an engine that is opened and changes nothing follows by "
            + "RefreshAsync.";
        return new(sentence, reason) { IsInUse = true };
    }

    // What .NET reports when another holds the file: on Windows, on Linux and macOS (EWOULDBLOCK).
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int WouldBlock = 11;
    private const int AccessDeniedByLock = 35;
}
