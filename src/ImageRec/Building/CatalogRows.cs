using System.Runtime.InteropServices;
using ImageRec.Ranking;
using ImageRec.Storage;
using Microsoft.Data.Sqlite;

namespace ImageRec.Building;

/// <summary>The rows of a catalogue file, read through as a whole while an engine is made, and one by one beside it afterwards.</summary>
/// <param name="file">The file.</param>
/// <param name="dimensions">Numbers a row.</param>
internal sealed class CatalogRows(CatalogFile file, int dimensions) : IRowSource, IDisposable
{
    private readonly Lock _reading = new();
    private SqliteConnection? _connection;
    private SqliteCommand? _command;

    /// <summary>Called for each item that <see cref="ReadAll"/> passes.</summary>
    public Action<StoredItem>? Passed { get; set; }

    /// <summary>Whether single rows can be read while the file is written.</summary>
    public bool CanReadBeside => file.Path is not null;

    public IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll()
    {
        foreach (var (item, row) in file.Items.ReadAll(dimensions))
        {
            Passed?.Invoke(item);
            yield return new(item.Key, row);
        }
    }

    public bool TryRead(int key, Span<float> row)
    {
        lock (_reading)
        {
            var command = _command ??= Prepare();
            command.Parameters[0].Value = key;
            if (file.Guard(command.ExecuteScalar) is not byte[] found)
                return false;
            MemoryMarshal.Cast<byte, float>(found).CopyTo(row);
            return true;
        }
    }

    public void Dispose()
    {
        _command?.Dispose();
        _connection?.Dispose();
    }

    private SqliteCommand Prepare()
    {
        _connection = file.OpenReader() ?? throw new InvalidOperationException("A temporary catalogue cannot be read beside its engine.");
        var command = _connection.CreateCommand();
        command.CommandText = "SELECT row FROM items WHERE key = $key";
        command.Parameters.AddWithValue("$key", 0);
        return command;
    }
}
