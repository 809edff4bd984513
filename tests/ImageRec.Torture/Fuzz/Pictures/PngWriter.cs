using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace ImageRec.Torture.Fuzz.Pictures;

/// <summary>Writes PNG files chunk by chunk, and mends their checksums.</summary>
internal static class PngWriter
{
    private const int Signature = 8;

    // The seven passes of Adam7: where each begins and how far apart its pixels are.
    private static readonly int[] s_left = [0, 4, 0, 2, 0, 1, 0];
    private static readonly int[] s_across = [8, 8, 4, 4, 2, 2, 1];
    private static readonly int[] s_top = [0, 0, 4, 0, 2, 0, 1];
    private static readonly int[] s_down = [8, 8, 8, 4, 4, 2, 2];

    /// <summary>A file of random lines under filters 0 to 4.</summary>
    /// <param name="random">The samples.</param>
    /// <param name="side">Columns and rows.</param>
    /// <param name="bits">Bits a sample.</param>
    /// <param name="colorType">0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha.</param>
    /// <param name="interlaced">In seven passes.</param>
    /// <param name="extra">Chunks before the samples.</param>
    public static byte[] Write(
        Random random, int side, byte bits, byte colorType, bool interlaced = false, params (string Type, byte[] Content)[] extra)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        Chunk(png, "IHDR", [0, 0, 0, (byte)side, 0, 0, 0, (byte)side, bits, colorType, 0, 0, (byte)(interlaced ? 1 : 0)]);
        if (colorType == 3)
        {
            var palette = new byte[3 << bits];
            random.NextBytes(palette);
            Chunk(png, "PLTE", palette);
            Chunk(png, "tRNS", [0, 128, .. Enumerable.Repeat((byte)255, (1 << bits) - 2)]);
        }
        foreach (var (type, content) in extra)
            Chunk(png, type, content);
        var perPixel = bits * colorType switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };
        using var lines = new MemoryStream();
        for (var pass = 0; pass < (interlaced ? 7 : 1); pass++)
        {
            var (columns, rows) = interlaced ? (Columns(side, pass), Rows(side, pass)) : (side, side);
            for (var row = 0; row < rows && columns > 0; row++)
            {
                var line = new byte[(columns * perPixel + 7) / 8];
                random.NextBytes(line);
                lines.WriteByte((byte)(row % 5));
                lines.Write(line);
            }
        }
        Chunk(png, "IDAT", Pack(lines.ToArray()));
        Chunk(png, "IEND", []);
        return png.ToArray();
    }

    /// <summary>Changes the samples before they are packed, so that the change gets past zlib's checksum.</summary>
    public static byte[] ChangeLines(byte[] png, Func<byte[], byte[]> change)
    {
        using var changed = new MemoryStream();
        changed.Write(png.AsSpan(0, Signature));
        foreach (var (type, content) in Chunks(png))
            Chunk(changed, type, type == "IDAT" ? Pack(change(Unpack(content))) : content);
        return changed.ToArray();
    }

    /// <summary>Gives every chunk the checksum it should have, as far as the lengths lead.</summary>
    public static void Mend(byte[] png)
    {
        for (var at = Signature; at + 12 <= png.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            if (length > png.Length - at - 12)
                return;
            BinaryPrimitives.WriteUInt32BigEndian(
                png.AsSpan(at + 8 + (int)length), Crc32.HashToUInt32(png.AsSpan(at + 4, (int)length + 4)));
            at += 12 + (int)length;
        }
    }

    public static bool Is(ReadOnlySpan<byte> bytes) => bytes is [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A, ..];

    private static IEnumerable<(string Type, byte[] Content)> Chunks(byte[] png)
    {
        for (var at = Signature; at + 12 <= png.Length;)
        {
            var length = (int)BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at));
            yield return (System.Text.Encoding.ASCII.GetString(png, at + 4, 4), png.AsSpan(at + 8, length).ToArray());
            at += 12 + length;
        }
    }

    private static void Chunk(MemoryStream png, string type, byte[] content)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        byte[] body = [.. System.Text.Encoding.ASCII.GetBytes(type), .. content];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        png.Write(number);
    }

    private static byte[] Pack(byte[] lines)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest))
            zlib.Write(lines);
        return packed.ToArray();
    }

    private static byte[] Unpack(byte[] packed)
    {
        using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var lines = new MemoryStream();
        zlib.CopyTo(lines);
        return lines.ToArray();
    }

    private static int Columns(int side, int pass) => (side - s_left[pass] + s_across[pass] - 1) / s_across[pass];

    private static int Rows(int side, int pass) => (side - s_top[pass] + s_down[pass] - 1) / s_down[pass];
}
