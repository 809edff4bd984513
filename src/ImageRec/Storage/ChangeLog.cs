using System.Buffers.Binary;

namespace ImageRec.Storage;

/// <summary>Identifies a position in a catalog's history.</summary>
/// <param name="Number">Number of the last change; 0 where nothing is logged.</param>
/// <param name="Chain">Checksum over all changes up to it: two files that agree in both have had the same history.</param>
internal readonly record struct LogPosition(long Number, long Chain);

/// <summary>
/// Logs which items of a finished catalog changed, in order, so that readers can follow without reading everything again. The oldest
/// entries are dropped.
/// </summary>
internal sealed class ChangeLog(CatalogFile file)
{
    private const long LeastKept = 1000;
    private LogPosition? _last;
    private bool _exists;
    private bool _appended;

    /// <summary>Gets whether changes are logged: from the moment that the catalog is finished.</summary>
    public bool IsOpen => Last().Number > 0;

    /// <summary>Returns the position of the last change.</summary>
    public LogPosition Last() => _last ??= Read();

    /// <summary>Returns the position of the last change, read from the file again.</summary>
    public LogPosition Read() => file.Guard(ReadPosition);

    private LogPosition ReadPosition()
    {
        _exists = _exists || file.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'changes'") > 0;
        if (!_exists)
            return default;
        using var reader = file.Prepared("SELECT number, chain FROM changes ORDER BY number DESC LIMIT 1").ExecuteReader();
        return reader.Read() ? new LogPosition(reader.GetInt64(0), reader.GetInt64(1)) : default;
    }

    /// <summary>Begins the history of a catalog that has just been finished.</summary>
    /// <param name="origin">Distinguishes this catalog from others.</param>
    public void Open(long origin)
    {
        file.Execute("DELETE FROM changes");
        _last = new LogPosition(1, origin);
        Insert(-1);
    }

    /// <summary>Logs a change of an item, once the log is open.</summary>
    /// <param name="key">The item.</param>
    /// <param name="checksum">What it has now; 0 when it was removed.</param>
    public void Append(int key, long checksum)
    {
        var last = Last();
        if (last.Number == 0)
            return;
        Span<byte> link = stackalloc byte[20];
        BinaryPrimitives.WriteInt64LittleEndian(link, last.Chain);
        BinaryPrimitives.WriteInt64LittleEndian(link[8..], checksum);
        BinaryPrimitives.WriteInt32LittleEndian(link[16..], key);
        _last = new LogPosition(last.Number + 1, ContentHash.Checksum(link));
        Insert(key);
        _appended = true;
    }

    /// <summary>Returns the keys that changed since, each once, ascending.</summary>
    /// <param name="since">The reader's position.</param>
    /// <returns>Null when the log does not go back so far, or the reader has another history.</returns>
    public IReadOnlyList<int>? Since(LogPosition since)
    {
        if (since.Number == 0 || file.Scalar("SELECT count(*) FROM changes WHERE number = $number AND chain = $chain",
            ("$number", since.Number), ("$chain", since.Chain)) == 0)
            return null;
        using var reader = file.Prepared("SELECT DISTINCT key FROM changes WHERE number > $number ORDER BY key", ("$number", since.Number))
            .ExecuteReader();
        var keys = new List<int>();
        while (reader.Read())
        {
            keys.Add(reader.GetInt32(0));
            if (keys.Count > 1 && keys[^1] <= keys[^2])
                throw file.Damaged("its log of changes is not in order");
        }
        return keys;
    }

    /// <summary>Drops entries that are older than a catalog's length of changes.</summary>
    public void Flush(ItemTotals? totals)
    {
        if (!_appended)
            return;
        _appended = false;
        var kept = Math.Max(LeastKept, totals?.Items ?? 0);
        var oldest = file.Scalar("SELECT min(number) FROM changes");
        if (Last().Number - oldest > 2 * kept)
            file.Execute("DELETE FROM changes WHERE number <= $number", ("$number", Last().Number - kept));
    }

    public void Forget() => (_last, _appended) = (null, false);

    private void Insert(int key) =>
        file.Execute("INSERT INTO changes(number, key, chain) VALUES($number, $key, $chain)", ("$number", Last().Number), ("$key", key),
            ("$chain", Last().Chain));
}
