using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageRec.Storage;

/// <summary>The items of a catalogue file. Each finished item is sealed with a checksum over all its columns.</summary>
internal sealed class ItemStore(CatalogFile file)
{
    public int CountFinished() => (int)file.Guard(() => file.Scalar("SELECT count(*) FROM items WHERE hash IS NOT NULL"));

    public int NextKey() => (int)file.Guard(() => file.Scalar("SELECT coalesce(max(key) + 1, 0) FROM items"));

    /// <summary>Every item, finished or only planned, without its row, by id.</summary>
    public Dictionary<string, StoredItem> Plan() => file.Guard(() =>
    {
        using var command = file.Command("SELECT key, id, category, item, hash, cluster, distance FROM items ORDER BY key");
        using var reader = command.ExecuteReader();
        var plan = new Dictionary<string, StoredItem>(StringComparer.Ordinal);
        while (reader.Read())
        {
            var item = ReadItem(reader);
            plan.Add(item.Id, item);
        }
        return plan;
    });

    /// <summary>Adds an item whose row is still to be computed.</summary>
    public void InsertPlanned(StoredItem item) =>
        file.Execute("INSERT INTO items(key, id, category, item) VALUES($key, $id, $category, $item)",
            ("$key", item.Key), ("$id", item.Id), ("$category", item.Category), ("$item", item.Json));

    /// <summary>Writes a finished item, new or in place of the one with its key.</summary>
    public void Write(StoredItem item, ReadOnlySpan<float> row)
    {
        var bytes = MemoryMarshal.AsBytes(row);
        file.Execute("""
            INSERT OR REPLACE INTO items(key, id, category, item, hash, cluster, distance, row, seal)
            VALUES($key, $id, $category, $item, $hash, $cluster, $distance, $row, $seal)
            """,
            ("$key", item.Key), ("$id", item.Id), ("$category", item.Category), ("$item", item.Json), ("$hash", ContentHash.ToBytes(item.Hash!.Value)),
            ("$cluster", item.Cluster), ("$distance", item.Distance), ("$row", bytes.ToArray()), ("$seal", Seal(item, bytes)));
    }

    /// <summary>Changes what stands beside the picture; the row stays.</summary>
    public void Rewrite(StoredItem item)
    {
        if (item.Hash is null)
        {
            file.Execute("UPDATE items SET category = $category, item = $item WHERE key = $key", ("$key", item.Key), ("$category", item.Category), ("$item", item.Json));
            return;
        }
        Write(item, ReadRow(item.Key));
    }

    /// <summary>The row of a finished item.</summary>
    public float[] ReadRow(int key) => file.Guard(() =>
    {
        using var command = file.Command("SELECT row FROM items WHERE key = $key", ("$key", key));
        return MemoryMarshal.Cast<byte, float>((byte[])command.ExecuteScalar()!).ToArray();
    });

    public void Delete(int key) => file.Execute("DELETE FROM items WHERE key = $key", ("$key", key));

    public void DeletePlanned() => file.Execute("DELETE FROM items WHERE hash IS NULL");

    public void WriteUnreadable(string id, string reason) =>
        file.Execute("INSERT OR REPLACE INTO unreadable(id, reason) VALUES($id, $reason)", ("$id", id), ("$reason", reason));

    public void ClearUnreadable() => file.Execute("DELETE FROM unreadable");

    public IReadOnlyList<UnreadableItem> Unreadable() => file.Guard(() =>
    {
        using var command = file.Command("SELECT id, reason FROM unreadable ORDER BY id");
        using var reader = command.ExecuteReader();
        var items = new List<UnreadableItem>();
        while (reader.Read())
            items.Add(new UnreadableItem(reader.GetString(0), reader.GetString(1)));
        return items;
    });

    /// <summary>Finished items in key order with their rows, each seal checked.</summary>
    /// <param name="dimensions">Numbers a row.</param>
    /// <returns>Items with d numbers, which are overwritten when the next item is asked for.</returns>
    public IEnumerable<(StoredItem Item, ReadOnlyMemory<float> Row)> ReadAll(int dimensions)
    {
        using var command = file.Command("SELECT key, id, category, item, hash, cluster, distance, row, seal FROM items WHERE hash IS NOT NULL ORDER BY key");
        using var reader = file.Guard(command.ExecuteReader);
        var row = new float[dimensions];
        while (file.Guard(reader.Read))
            yield return (ReadSealed(reader, row), row);
    }

    private StoredItem ReadSealed(SqliteDataReader reader, float[] row)
    {
        var item = ReadItem(reader);
        var bytes = raw.sqlite3_column_blob(reader.Handle, 7);
        if (bytes.Length != row.Length * sizeof(float) || Seal(item, bytes) != reader.GetInt64(8))
            throw file.Damaged($"item '{item.Id}' fails its checksum");
        MemoryMarshal.Cast<byte, float>(bytes).CopyTo(row);
        return item;
    }

    private static StoredItem ReadItem(SqliteDataReader reader) => new()
    {
        Key = reader.GetInt32(0),
        Id = reader.GetString(1),
        Category = reader.IsDBNull(2) ? null : reader.GetString(2),
        Json = reader.IsDBNull(3) ? null : reader.GetString(3),
        Hash = reader.IsDBNull(4) ? null : ContentHash.FromBytes(raw.sqlite3_column_blob(reader.Handle, 4)),
        Cluster = reader.IsDBNull(5) ? 0 : reader.GetInt32(5),
        Distance = reader.IsDBNull(6) ? 0 : reader.GetFloat(6),
    };

    private static long Seal(StoredItem item, ReadOnlySpan<byte> row)
    {
        Span<byte> numbers = stackalloc byte[24];
        BinaryPrimitives.WriteInt32LittleEndian(numbers, item.Key);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[4..], item.Cluster);
        BinaryPrimitives.WriteUInt128LittleEndian(numbers[8..], item.Hash!.Value);
        var seal = XxHash3.HashToUInt64(numbers);
        seal = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(item.Id), (long)seal);
        seal = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(item.Category), (long)seal);
        seal = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(item.Json), (long)seal);
        seal = XxHash3.HashToUInt64(MemoryMarshal.AsBytes([item.Distance]), (long)seal);
        return (long)XxHash3.HashToUInt64(row, (long)seal);
    }
}
