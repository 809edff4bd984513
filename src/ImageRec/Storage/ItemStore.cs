using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace ImageRec.Storage;

/// <summary>
/// Stores items in a table. Each finished item carries a checksum over all its columns, and every row that is read is checked, in
/// <see cref="ReadItem"/>.
/// </summary>
/// <param name="file">The file.</param>
/// <param name="table">Name of the table.</param>
/// <param name="log">Where changes of finished catalogs are logged, with the totals of the table; null for staged items.</param>
internal sealed class ItemStore(CatalogFile file, string table, ChangeLog? log)
{
    private const string Columns = "key, id, category, item, hash, cluster, distance, seal";
    private ItemTotals? _totals;

    public int CountFinished() => (int)file.Guard(() => file.Scalar($"SELECT count(*) FROM {table} WHERE hash IS NOT NULL"));

    public int NextKey() => (int)file.Guard(() => file.Scalar($"SELECT coalesce(max(key) + 1, 0) FROM {table}"));

    /// <summary>Returns every item, finished or only planned, by id and without its row.</summary>
    public Dictionary<string, StoredItem> Plan() => file.Guard(() =>
    {
        using var command = file.Command($"SELECT {Columns} FROM {table} ORDER BY key");
        using var reader = command.ExecuteReader();
        var plan = new Dictionary<string, StoredItem>(StringComparer.Ordinal);
        var last = -1;
        while (reader.Read())
        {
            var item = ReadColumns(reader);
            RequireRising(ref last, item.Key);
            if (!plan.TryAdd(item.Id, item))
                throw file.Damaged($"the id '{item.Id}' is there twice");
        }
        return plan;
    });

    /// <summary>Adds an item whose row is still to be computed.</summary>
    public void InsertPlanned(StoredItem item) =>
        file.Execute($"INSERT INTO {table}(key, id, category, item) VALUES($key, $id, $category, $item)",
            ("$key", item.Key), ("$id", item.Id), ("$category", item.Category), ("$item", item.Json));

    /// <summary>Changes the category and the JSON of an item whose row is still to be computed.</summary>
    public void UpdatePlanned(StoredItem item) =>
        file.Execute($"UPDATE {table} SET category = $category, item = $item WHERE key = $key", ("$key", item.Key),
            ("$category", item.Category), ("$item", item.Json));

    /// <summary>Writes a finished item, new or replacing the one with its key.</summary>
    /// <returns>The item with its checksum.</returns>
    public StoredItem Write(StoredItem item, ReadOnlySpan<float> row)
    {
        var bytes = MemoryMarshal.AsBytes(row);
        item = item with { Checksum = ItemChecksum.Of(item, bytes) };
        if (log is not null)
            Totals().Replace(Checksum(item.Key), item.Checksum);
        file.Execute($"""
            INSERT INTO {table}(key, id, category, item, hash, cluster, distance, row, seal)
            VALUES($key, $id, $category, $item, $hash, $cluster, $distance, $row, $seal)
            ON CONFLICT(key) DO UPDATE SET id = excluded.id, category = excluded.category, item = excluded.item, hash = excluded.hash,
            cluster = excluded.cluster, distance = excluded.distance, row = excluded.row, seal = excluded.seal
            """,
            ("$key", item.Key), ("$id", item.Id), ("$category", item.Category), ("$item", item.Json),
            ("$hash", ContentHash.ToBytes(item.Hash!.Value)),
            ("$cluster", item.Cluster), ("$distance", item.Distance), ("$row", bytes.ToArray()), ("$seal", item.Checksum));
        log?.Append(item.Key, item.Checksum);
        return item;
    }

    public void Delete(int key)
    {
        if (log is not null)
        {
            Totals().Replace(Checksum(key), null);
            log.Append(key, checksum: 0);
        }
        if (file.Prepared($"DELETE FROM {table} WHERE key = $key", ("$key", key)).ExecuteNonQuery() != 1)
            throw file.Damaged($"the item with key {key.ToString(CultureInfo.InvariantCulture)} is there in one order and not in another");
    }

    public void DeletePlanned() => file.Execute($"DELETE FROM {table} WHERE hash IS NULL");

    public void Clear() => file.Execute($"DELETE FROM {table}");

    /// <summary>Reads an item and its row, and checks them.</summary>
    /// <returns>Null where the table lacks the key.</returns>
    public (StoredItem Item, float[] Row)? Read(int key, int dimensions) => file.Guard<(StoredItem, float[])?>(() =>
    {
        using var reader = file.Prepared($"SELECT {Columns}, row FROM {table} WHERE key = $key AND hash IS NOT NULL", ("$key", key))
            .ExecuteReader();
        if (!reader.Read())
            return null;
        var row = new float[dimensions];
        return (ReadItem(reader, row), row);
    });

    /// <summary>Copies the row of a finished item, checked.</summary>
    /// <param name="key">The item.</param>
    /// <param name="row">d values, overwritten.</param>
    /// <param name="checksum">The item's.</param>
    /// <returns>Whether the table has the key.</returns>
    public bool TryReadRow(int key, Span<float> row, out long checksum)
    {
        checksum = 0;
        try
        {
            using var reader = file.Prepared($"SELECT {Columns}, row FROM {table} WHERE key = $key AND hash IS NOT NULL", ("$key", key))
                .ExecuteReader();
            if (!reader.Read())
                return false;
            checksum = ReadItem(reader, row).Checksum;
            return true;
        }
        catch (SqliteException e)
        {
            throw CatalogFileErrors.Explain(file.Name, e);
        }
    }

    /// <summary>Reads finished items in key order with their rows. Checks each, and at the end that none is missing.</summary>
    /// <param name="dimensions">Dimensions per row.</param>
    /// <returns>Items with d values each, which are overwritten when the enumeration moves on.</returns>
    public IEnumerable<(StoredItem Item, ReadOnlyMemory<float> Row)> ReadAll(int dimensions)
    {
        using var command = file.Command($"SELECT {Columns}, row FROM {table} WHERE hash IS NOT NULL ORDER BY key");
        using var reader = file.Guard(command.ExecuteReader);
        var row = new float[dimensions];
        var read = new ItemTotals(0, 0);
        var last = -1;
        while (file.Guard(reader.Read))
        {
            var item = file.Guard(() => ReadItem(reader, row));
            RequireRising(ref last, item.Key);
            read.Replace(null, item.Checksum);
            yield return (item, row);
        }
        if (log is null || file.Guard(() => file.Scalar("PRAGMA user_version")) < CatalogSchema.Version)
            yield break;
        var totals = file.Guard(() => ItemTotals.Read(file)) ?? throw file.Damaged("the totals of its items are missing");
        if (totals != read)
            throw file.Damaged($"it has {read.Items} of {totals.Items} items, or others than were written");
    }

    /// <summary>Returns the keys and checksums of finished items, in key order.</summary>
    public List<(int Key, long Checksum)> Checksums() => file.Guard(() =>
    {
        using var command = file.Command($"SELECT key, seal FROM {table} WHERE hash IS NOT NULL ORDER BY key");
        using var reader = command.ExecuteReader();
        var all = new List<(int, long)>();
        var last = -1;
        while (reader.Read())
        {
            all.Add((reader.GetInt32(0), reader.GetInt64(1)));
            RequireRising(ref last, all[^1].Item1);
        }
        return all;
    });

    public void WriteUnreadable(string id, string reason) =>
        file.Execute("INSERT OR REPLACE INTO unreadable(id, reason) VALUES($id, $reason)", ("$id", id), ("$reason", reason));

    public void ClearUnreadable() => file.Execute("DELETE FROM unreadable");

    public IReadOnlyList<UnreadableItem> Unreadable() => file.Guard(() =>
    {
        using var command = file.Command("SELECT id, reason FROM unreadable ORDER BY id");
        using var reader = command.ExecuteReader();
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var items = new List<UnreadableItem>();
        while (reader.Read())
        {
            items.Add(new UnreadableItem(reader.GetString(0), reader.GetString(1)));
            if (!ids.Add(items[^1].Id))
                throw file.Damaged($"the id '{items[^1].Id}' is listed as unreadable twice");
        }
        return items;
    });

    /// <summary>Counts the items of a file of an older version.</summary>
    public void Adopt()
    {
        _totals = new ItemTotals(0, 0);
        foreach (var (_, checksum) in Checksums())
            _totals.Replace(null, checksum);
    }

    /// <summary>Writes what has changed besides the items; part of every transaction.</summary>
    public void Flush()
    {
        _totals?.Write(file);
        log?.Flush(_totals);
    }

    /// <summary>Forgets what was counted since the transaction began.</summary>
    public void Forget()
    {
        _totals = null;
        log?.Forget();
    }

    /// <summary>
    /// Throws when keys do not rise: items in a wrong order are missed by a search for one of them, and a damaged tree of pages may lead in
    /// a circle.
    /// </summary>
    private void RequireRising(ref int last, int key)
    {
        if (key <= last)
            throw file.Damaged($"its items are not in order at key {key.ToString(CultureInfo.InvariantCulture)}");
        last = key;
    }

    private ItemTotals Totals() => _totals ??= file.Guard(() => ItemTotals.Read(file)) ?? new ItemTotals(0, 0);

    /// <summary>Returns whether the table has an item of that key whose row is still to be computed.</summary>
    public bool IsPlanned(int key) =>
        file.Guard(() => file.Scalar($"SELECT count(*) FROM {table} WHERE key = $key AND hash IS NULL", ("$key", key))) > 0;

    /// <summary>Returns whether the table has a finished item of that key.</summary>
    public bool Has(int key) => Checksum(key) is not null;

    private long? Checksum(int key) =>
        file.Guard(
            () => file.Prepared($"SELECT seal FROM {table} WHERE key = $key AND hash IS NOT NULL", ("$key", key)).ExecuteScalar() as long?);

    /// <summary>Reads an item and its row and checks them; every row of the library is read here.</summary>
    private StoredItem ReadItem(SqliteDataReader reader, Span<float> row)
    {
        var item = ReadColumns(reader);
        var bytes = raw.sqlite3_column_blob(reader.Handle, 8);
        if (bytes.Length != row.Length * sizeof(float) || ItemChecksum.Of(item, bytes) != item.Checksum)
            throw file.Damaged($"item '{item.Id}' fails its checksum");
        MemoryMarshal.Cast<byte, float>(bytes).CopyTo(row);
        return item;
    }

    private static StoredItem ReadColumns(SqliteDataReader reader) => new()
    {
        Key = reader.GetInt32(0),
        Id = reader.GetString(1),
        Category = reader.IsDBNull(2) ? null : reader.GetString(2),
        Json = reader.IsDBNull(3) ? null : reader.GetString(3),
        Hash = reader.IsDBNull(4) ? null : ContentHash.FromBytes(raw.sqlite3_column_blob(reader.Handle, 4)),
        Cluster = reader.IsDBNull(5) ? 0 : reader.GetInt32(5),
        Distance = reader.IsDBNull(6) ? 0 : reader.GetFloat(6),
        Checksum = reader.IsDBNull(7) ? 0 : reader.GetInt64(7),
    };
}
