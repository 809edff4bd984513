using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace ImageRec.Storage;

/// <summary>
/// Stores named byte strings of any length in a catalog file: settings, models, index. Each is cut into chunks with a checksum each, and a
/// list says how many chunks it has.
/// </summary>
internal sealed class StateStore(CatalogFile file)
{
    private const int ChunkBytes = 16 * 1024 * 1024;
    private const string ListName = "contents";
    private SortedDictionary<string, int>? _list;
    private bool _changed;

    /// <summary>Writes what <paramref name="save"/> puts on the stream, chunk by chunk, without holding all of it.</summary>
    public void Write(string name, Action<Stream> save)
    {
        Delete(name);
        var chunks = 0;
        using (var stream = new ChunkedWriteStream(ChunkBytes, (chunk, data) =>
        {
            WriteChunk(name, chunk, data);
            chunks = chunk + 1;
        }))
        {
            save(stream);
        }
        List()[name] = chunks;
        _changed = true;
    }

    public void Write(string name, ReadOnlyMemory<byte> data) => Write(name, stream => stream.Write(data.Span));

    public void WriteJson<T>(string name, T value, JsonTypeInfo<T> type) => Write(name, JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>Gets the names of what is stored, in ordinal order.</summary>
    public IReadOnlyCollection<string> Names => file.Guard(() => List().Keys);

    public Stream? OpenRead(string name)
    {
        var chunks = file.Guard(() => List().GetValueOrDefault(name));
        return chunks == 0 ? null : new ChunkedReadStream(chunks, chunk => ReadChunk(name, chunk));
    }

    /// <summary>Reads all parts, and so verifies their checksums.</summary>
    /// <exception cref="CatalogFileException">One is damaged.</exception>
    public void Verify()
    {
        foreach (var name in Names)
        {
            using var part = OpenRead(name);
            part?.CopyTo(Stream.Null);
        }
    }

    public byte[]? Read(string name)
    {
        using var stream = OpenRead(name);
        if (stream is null)
            return null;
        using var all = new MemoryStream();
        stream.CopyTo(all);
        return all.ToArray();
    }

    public T? ReadJson<T>(string name, JsonTypeInfo<T> type) where T : class
    {
        if (Read(name) is not { } json)
            return null;
        try
        {
            return JsonSerializer.Deserialize(json, type);
        }
        catch (JsonException e)
        {
            throw file.Damaged($"its {name} cannot be read ({e.Message})");
        }
    }

    public void Delete(string name)
    {
        file.Execute("DELETE FROM state WHERE name = $name", ("$name", name));
        _changed |= List().Remove(name);
    }

    /// <summary>Returns a checksum over everything but the named parts.</summary>
    public long Checksum(params ReadOnlySpan<string> except)
    {
        var hash = new XxHash3();
        using var reader = file.Prepared("SELECT name, seal, chunk FROM state ORDER BY name, chunk").ExecuteReader();
        var seen = new HashSet<(string, int)>();
        while (reader.Read())
        {
            if (!seen.Add((reader.GetString(0), reader.GetInt32(2))))
                throw file.Damaged(
                    $"part {reader.GetInt32(2).ToString(CultureInfo.InvariantCulture)} of its {reader.GetString(0)} is there twice");
            if (reader.GetString(0) is var name && (name == ListName || except.Contains(name)))
                continue;
            hash.Append(Encoding.UTF8.GetBytes(name));
            hash.Append(BitConverter.GetBytes(reader.GetInt64(1)));
        }
        return (long)hash.GetCurrentHashAsUInt64();
    }

    /// <summary>Makes the list of a file of an older version, which has none.</summary>
    public void Adopt()
    {
        _list = Counted();
        _changed = true;
    }

    /// <summary>Writes the list when it has changed; part of every transaction.</summary>
    public void Flush()
    {
        if (!_changed)
            return;
        file.Execute("DELETE FROM state WHERE name = $name", ("$name", ListName));
        WriteChunk(ListName, 0, JsonSerializer.SerializeToUtf8Bytes(List(), StorageJson.Default.SortedDictionaryStringInt32));
        _changed = false;
    }

    /// <summary>Forgets what was listed since the transaction began.</summary>
    public void Forget() => (_list, _changed) = (null, false);

    private SortedDictionary<string, int> List()
    {
        if (_list is not null)
            return _list;
        var found = file.Scalar("SELECT count(*) FROM state WHERE name = $name", ("$name", ListName)) > 0;
        if (!found && file.Scalar("PRAGMA user_version") >= CatalogSchema.Version && file.Scalar("SELECT count(*) FROM state") > 0)
            throw file.Damaged("the list of its parts is missing");
        try
        {
            return _list = found
                ? new(JsonSerializer.Deserialize(ReadChunk(ListName, 0), StorageJson.Default.SortedDictionaryStringInt32)!,
                StringComparer.Ordinal)
                : Counted();
        }
        catch (JsonException e)
        {
            throw file.Damaged($"the list of its parts cannot be read ({e.Message})");
        }
    }

    private SortedDictionary<string, int> Counted()
    {
        using var command = file.Command("SELECT name, count(*) FROM state GROUP BY name");
        using var reader = command.ExecuteReader();
        var list = new SortedDictionary<string, int>(StringComparer.Ordinal);
        while (reader.Read())
            list.Add(reader.GetString(0), reader.GetInt32(1));
        return list;
    }

    private void WriteChunk(string name, int chunk, byte[] data) =>
        file.Execute("INSERT INTO state(name, chunk, data, seal) VALUES($name, $chunk, $data, $seal)",
            ("$name", name), ("$chunk", chunk), ("$data", data), ("$seal", Checksum(name, chunk, data)));

    private byte[] ReadChunk(string name, int chunk) => file.Guard(() =>
    {
        using var command = file.Command(
            "SELECT data, seal FROM state WHERE name = $name AND chunk = $chunk", ("$name", name), ("$chunk", chunk));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            throw file.Damaged($"part {chunk} of its {name} is missing");
        if (reader.GetValue(0) is not byte[] data || reader.GetInt64(1) != Checksum(name, chunk, data))
            throw file.Damaged($"part {chunk} of its {name} fails its checksum");
        return data;
    });

    private static long Checksum(string name, int chunk, byte[] data)
    {
        var hash = new XxHash3();
        hash.Append(Encoding.UTF8.GetBytes(name));
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(number, chunk);
        hash.Append(number);
        hash.Append(data);
        return (long)hash.GetCurrentHashAsUInt64();
    }
}
