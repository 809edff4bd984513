using System.IO.Hashing;
using System.Runtime.InteropServices;
using ImageRec.Sharing.Stores;

namespace ImageRec.Sharing.Answering;

/// <summary>
/// Reads records together with their rows. Stores that give them out by two commands, or change them one after the other, may give the
/// record of one change with the row of another: a record says which row is its own.
/// </summary>
internal static class RecordsWithRows
{
    private const int Tries = 5;

    /// <summary>Returns what a record keeps of its row, to know it again.</summary>
    public static uint ChecksumOf(ReadOnlySpan<float> row) => XxHash32.HashToUInt32(MemoryMarshal.AsBytes(row));

    /// <summary>Returns whether a row is the record's own; always true where the store does not say.</summary>
    public static bool Belongs(SharedRecord record, ReadOnlySpan<float> row) =>
        record.RowChecksum is not { } checksum || checksum == ChecksumOf(row);

    /// <returns>As many as ids, null for those that are not there, or change faster than they can be read.</returns>
    public static async Task<(SharedRecord Record, float[] Row)?[]> ReadAsync(
        ISharedIndex index, IReadOnlyList<string> ids, CancellationToken cancellationToken)
    {
        var pairs = new (SharedRecord Record, float[] Row)?[ids.Count];
        var open = Enumerable.Range(0, ids.Count).ToList();
        for (var tries = 0; tries < Tries && open.Count > 0; tries++)
        {
            var some = open.ConvertAll(i => ids[i]);
            var (records, rows) = await index.GetPairsAsync(some, cancellationToken).ConfigureAwait(false);
            var changed = new List<int>();
            for (var i = 0; i < open.Count; i++)
            {
                if (records[i] is not { } record || rows[i] is not { } row)
                    continue;
                if (Belongs(record, row))
                    pairs[open[i]] = (record, row);
                else
                    changed.Add(open[i]);
            }
            open = changed;
        }
        return pairs;
    }
}
