using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace ImageRec.Indexing;

/// <summary>Computes 32-bit hashes of rows.</summary>
internal static class RowHash
{
    public static uint Of(ReadOnlySpan<float> row) => (uint)XxHash3.HashToUInt64(MemoryMarshal.AsBytes(row));
}
