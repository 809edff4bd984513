using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using ImageRec.Images;

namespace ImageRec.Storage;

/// <summary>
/// Computes the 128-bit xxHash of an image's encoded bytes: two images with one hash count as the same image. No defense against forgery.
/// </summary>
internal static class ContentHash
{
    public static UInt128 Of(ReadOnlySpan<byte> encoded) => XxHash128.HashToUInt128(encoded);

    /// <summary>Computes the hash of a part of an image; a part of it is not the same image.</summary>
    /// <param name="encoded">The bytes of the whole image.</param>
    /// <param name="region">Which part; null for all of it.</param>
    public static UInt128 Of(ReadOnlySpan<byte> encoded, ImageRegion? region)
    {
        if (region is not { } part)
            return Of(encoded);
        var hash = new XxHash128();
        hash.Append(encoded);
        hash.Append(Encoding.UTF8.GetBytes($"region {part}"));
        return hash.GetCurrentHashAsUInt128();
    }

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
