using System.Buffers.Binary;
using System.IO.Hashing;

namespace ImageRec.Storage;

/// <summary>
/// Computes the 128-bit xxHash of an image's encoded bytes: two images with one hash count as the same image. No defense against forgery.
/// </summary>
internal static class ContentHash
{
    public static UInt128 Of(ReadOnlySpan<byte> encoded) => XxHash128.HashToUInt128(encoded);

    public static long Checksum(ReadOnlySpan<byte> data) => (long)XxHash3.HashToUInt64(data);

    public static byte[] ToBytes(UInt128 hash)
    {
        var bytes = new byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        return bytes;
    }

    public static UInt128 FromBytes(ReadOnlySpan<byte> bytes) =>
        bytes.Length == 16 ? BinaryPrimitives.ReadUInt128BigEndian(bytes) : default;
}
