namespace ImageRec.Storage;

/// <summary>
/// Counts the finished items of a catalog and combines their checksums, which shows when one is missing although all others are intact.
/// </summary>
/// <param name="items">How many.</param>
/// <param name="checksums">Their checksums, combined by exclusive or.</param>
internal sealed class ItemTotals(long items, long checksums) : IEquatable<ItemTotals>
{
    private bool _changed = true;

    public long Items { get; private set; } = items;

    public long Checksums { get; private set; } = checksums;

    public static bool operator ==(ItemTotals left, ItemTotals right) => left.Equals(right);

    public static bool operator !=(ItemTotals left, ItemTotals right) => !left.Equals(right);

    /// <returns>Null where there are none: in a file of an older version, and before the first item.</returns>
    public static ItemTotals? Read(CatalogFile file)
    {
        if (file.Scalar("SELECT count(*) FROM sqlite_schema WHERE name = 'totals'") == 0)
            return null;
        using var reader = file.Prepared("SELECT items, seals, seal FROM totals").ExecuteReader();
        if (!reader.Read())
            return null;
        var totals = new ItemTotals(reader.GetInt64(0), reader.GetInt64(1)) { _changed = false };
        return totals.Checksum == reader.GetInt64(2) ? totals : throw file.Damaged("the totals of its items fail their checksum");
    }

    /// <summary>Counts an item with one checksum instead of another; null for none.</summary>
    public void Replace(long? before, long? after)
    {
        Items += (after is null ? 0 : 1) - (before is null ? 0 : 1);
        Checksums ^= (before ?? 0) ^ (after ?? 0);
        _changed = true;
    }

    public void Write(CatalogFile file)
    {
        if (!_changed)
            return;
        file.Execute("DELETE FROM totals");
        file.Execute("INSERT INTO totals(items, seals, seal) VALUES($items, $seals, $seal)", ("$items", Items), ("$seals", Checksums),
            ("$seal", Checksum));
        _changed = false;
    }

    private long Checksum => ContentHash.Checksum(System.Runtime.InteropServices.MemoryMarshal.AsBytes([Items, Checksums]));

    public bool Equals(ItemTotals? other) => other is not null && (Items, Checksums) == (other.Items, other.Checksums);

    public override bool Equals(object? obj) => Equals(obj as ItemTotals);

    public override int GetHashCode() => HashCode.Combine(Items, Checksums);
}
