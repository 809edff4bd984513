using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ImageRec.Storage;

/// <summary>Computes the checksum of an item: xxHash3 over all its columns, its row among them.</summary>
internal static class ItemChecksum
{
    public static long Of(StoredItem item, ReadOnlySpan<byte> row)
    {
        Span<byte> numbers = stackalloc byte[24];
        BinaryPrimitives.WriteInt32LittleEndian(numbers, item.Key);
        BinaryPrimitives.WriteInt32LittleEndian(numbers[4..], item.Cluster);
        BinaryPrimitives.WriteUInt128LittleEndian(numbers[8..], item.Hash!.Value);
        var sum = XxHash3.HashToUInt64(numbers);
        sum = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(item.Id), (long)sum);
        sum = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(item.Category), (long)sum);
        sum = XxHash3.HashToUInt64(MemoryMarshal.AsBytes<char>(item.Json), (long)sum);
        sum = XxHash3.HashToUInt64(MemoryMarshal.AsBytes([item.Distance]), (long)sum);
        return (long)XxHash3.HashToUInt64(row, (long)sum);
    }
}
