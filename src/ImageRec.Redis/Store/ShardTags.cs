using System.Globalization;
using System.Text;

namespace ImageRec.Redis.Store;

/// <summary>
/// Chooses the hash tags of shards. A key's slot is CRC-16 of its tag, modulo 16,384 (Redis cluster specification, "Key distribution
/// model"), and a cluster gives each primary a range of slots: tags whose slots lie evenly spread put equally many shards on each.
/// </summary>
internal static class ShardTags
{
    private const int Slots = 16384;

    /// <summary>Returns a tag per shard; the slot of each lies in the middle of its equal part of all slots.</summary>
    /// <param name="shards">1 or more.</param>
    public static string[] Choose(int shards)
    {
        var tags = new string[shards];
        var distances = new int[shards];
        var found = 0;
        for (var i = 0; found < shards || i < 16 * shards; i++)
        {
            var tag = i.ToString(CultureInfo.InvariantCulture);
            var slot = SlotOf(tag);
            var part = (int)((long)slot * shards / Slots);
            // Twice the distance from the middle of the part, to stay with whole numbers.
            var distance = (int)Math.Abs(2L * slot * shards - (2L * part + 1) * Slots);
            if (tags[part] is null)
                found++;
            else if (distance >= distances[part])
                continue;
            (tags[part], distances[part]) = (tag, distance);
        }
        return tags;
    }

    /// <summary>Returns the slot of a tag, 0 to 16,383.</summary>
    public static int SlotOf(string tag)
    {
        // CRC-16/XMODEM: polynomial 0x1021, begun at 0.
        var crc = 0;
        foreach (var value in Encoding.UTF8.GetBytes(tag))
        {
            crc ^= value << 8;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1;
            crc &= 0xFFFF;
        }
        return crc % Slots;
    }
}
