using System.Globalization;
using System.IO.Hashing;

namespace ImageRec.Sharing.Stores;

/// <summary>Parts blobs into pieces that a store takes, and puts them together again.</summary>
internal static class BlobPieces
{
    /// <summary>Bytes per piece where records are to stay small.</summary>
    public const int SmallPiece = 256 * 1024;

    /// <returns>One or more.</returns>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(byte[] data, int pieceBytes)
    {
        for (var start = 0; start == 0 || start < data.Length; start += pieceBytes)
            yield return data.AsMemory(start, Math.Min(pieceBytes, data.Length - start));
    }

    public static BlobEntry Describe(byte[] data, int pieces) => new(data.Length, pieces, (long)XxHash3.HashToUInt64(data));

    /// <summary>Reads the pieces of a blob and checks them.</summary>
    /// <param name="entry">What it was.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="read">Reads a piece; null for one that is missing.</param>
    /// <exception cref="InvalidDataException">It is not what it was.</exception>
    public static async Task<byte[]> JoinAsync(BlobEntry entry, string name, Func<int, Task<byte[]?>> read)
    {
        var data = new byte[entry.Length];
        var start = 0;
        for (var piece = 0; piece < entry.Chunks; piece++)
        {
            var part = await read(piece).ConfigureAwait(false);
            if (part is null || part.Length > data.Length - start)
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"part {piece} of its {name} is missing or of another length"));
            part.CopyTo(data, start);
            start += part.Length;
        }
        return start == data.Length && (long)XxHash3.HashToUInt64(data) == entry.Checksum
            ? data
            : throw new InvalidDataException($"its {name} fails its checksum");
    }
}
