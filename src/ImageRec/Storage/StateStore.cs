using System.Globalization;
using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace ImageRec.Storage;

/// <summary>Named byte strings of any length in a catalogue file: settings, models, index. Each chunk is sealed with a checksum.</summary>
internal sealed class StateStore(CatalogFile file)
{
    private const int ChunkBytes = 16 * 1024 * 1024;

    /// <summary>Writes what <paramref name="save"/> puts on the stream, chunk by chunk, without holding all of it.</summary>
    public void Write(string name, Action<Stream> save)
    {
        Delete(name);
        using var stream = new ChunkedWriteStream(ChunkBytes, (chunk, data) => WriteChunk(name, chunk, data));
        save(stream);
    }

    public void Write(string name, ReadOnlyMemory<byte> data) => Write(name, stream => stream.Write(data.Span));

    public void WriteJson<T>(string name, T value) => Write(name, JsonSerializer.SerializeToUtf8Bytes(value));

    public Stream? OpenRead(string name)
    {
        var chunks = file.Guard(() =>
        {
            using var count = file.Command("SELECT count(*) FROM state WHERE name = $name", ("$name", name));
            return Convert.ToInt32(count.ExecuteScalar(), CultureInfo.InvariantCulture);
        });
        return chunks == 0 ? null : new ChunkedReadStream(chunks, chunk => ReadChunk(name, chunk));
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

    public T? ReadJson<T>(string name) where T : class
    {
        if (Read(name) is not { } json)
            return null;
        try
        {
            return JsonSerializer.Deserialize<T>(json);
        }
        catch (JsonException e)
        {
            throw file.Damaged($"its {name} cannot be read ({e.Message})");
        }
    }

    public void Delete(string name) => file.Execute("DELETE FROM state WHERE name = $name", ("$name", name));

    private void WriteChunk(string name, int chunk, byte[] data) =>
        file.Execute("INSERT INTO state(name, chunk, data, seal) VALUES($name, $chunk, $data, $seal)",
            ("$name", name), ("$chunk", chunk), ("$data", data), ("$seal", Seal(name, chunk, data)));

    private byte[] ReadChunk(string name, int chunk) => file.Guard(() =>
    {
        using var command = file.Command("SELECT data, seal FROM state WHERE name = $name AND chunk = $chunk", ("$name", name), ("$chunk", chunk));
        using var reader = command.ExecuteReader();
        if (!reader.Read())
            throw file.Damaged($"part {chunk} of its {name} is missing");
        var data = (byte[])reader[0];
        if (reader.GetInt64(1) != Seal(name, chunk, data))
            throw file.Damaged($"part {chunk} of its {name} fails its checksum");
        return data;
    });

    private static long Seal(string name, int chunk, byte[] data)
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
