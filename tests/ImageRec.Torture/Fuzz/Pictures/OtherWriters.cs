using System.Buffers.Binary;

namespace ImageRec.Torture.Fuzz.Pictures;

/// <summary>Writes the formats that are little more than their headers: GIF, BMP, ICO, WBMP and WebP's container.</summary>
internal static class OtherWriters
{
    /// <summary>Two frames, the second part of the first, with a transparent color.</summary>
    public static byte[] Gif(Random random, byte side, bool interlaced)
    {
        using var gif = new MemoryStream();
        var palette = new byte[128 * 3];
        random.NextBytes(palette);
        gif.Write([.. "GIF89a"u8, side, 0, side, 0, 0xF6, 0, 0, .. palette]);
        gif.Write([0x21, 0xFF, 11, .. "NETSCAPE2.0"u8, 3, 1, 0, 0, 0]);
        foreach (var size in (byte[])[side, (byte)(side / 2)])
        {
            gif.Write([0x21, 0xF9, 4, 0x05, 5, 0, 3, 0]);
            gif.Write([0x2C, 1, 0, 0, 0, (byte)(size - 1), 0, size, 0, (byte)(interlaced ? 0x40 : 0), 7]);
            // 8-bit codes, begun anew before they grow: the pixels stand there as they are.
            List<byte> codes = [];
            for (var i = 0; i < (size - 1) * size; i++)
            {
                if (i % 120 == 0)
                    codes.Add(0x80);
                codes.Add((byte)random.Next(128));
            }
            codes.Add(0x81);
            foreach (var block in codes.Chunk(255))
                gif.Write([(byte)block.Length, .. block]);
            gif.WriteByte(0);
        }
        gif.WriteByte(0x3B);
        return gif.ToArray();
    }

    /// <summary>Bits 1, 4, 8, 16, 24 or 32; 8 may be packed by runs.</summary>
    public static byte[] Bmp(Random random, int side, short bits, bool runs = false, bool topDown = false)
    {
        var palette = new byte[bits <= 8 ? 4 << bits : bits == 16 ? 12 : 0];
        random.NextBytes(palette);
        if (bits == 16)
            new byte[] { 0, 0xF8, 0, 0, 0xE0, 7, 0, 0, 0x1F, 0, 0, 0 }.CopyTo(palette, 0);
        var pixels = runs ? Runs(random, side) : Lines(random, side * ((side * bits + 31) / 32 * 4));
        var header = new byte[54];
        "BM"u8.CopyTo(header);
        Write32(header, 2, 54 + palette.Length + pixels.Length);
        Write32(header, 10, 54 + palette.Length);
        Write32(header, 14, 40);
        Write32(header, 18, side);
        Write32(header, 22, topDown ? -side : side);
        header[26] = 1;
        BinaryPrimitives.WriteInt16LittleEndian(header.AsSpan(28), bits);
        Write32(header, 30, runs ? 1 : bits == 16 ? 3 : 0);
        Write32(header, 34, pixels.Length);
        return [.. header, .. palette, .. pixels];
    }

    /// <summary>A picture of 32 bits with its mask, and a PNG.</summary>
    public static byte[] Ico(Random random, byte side, byte[] png)
    {
        var bitmap = Bmp(random, side, 32)[14..];
        Write32(bitmap, 8, side * 2);
        byte[] picture = [.. bitmap, .. new byte[side * ((side + 31) / 32 * 4)]];
        var ico = new byte[6 + 2 * 16];
        (ico[2], ico[4]) = (1, 2);
        Entry(6, picture.Length, ico.Length);
        Entry(22, png.Length, ico.Length + picture.Length);
        return [.. ico, .. picture, .. png];

        void Entry(int at, int length, int offset)
        {
            (ico[at], ico[at + 1], ico[at + 4], ico[at + 6]) = (side, side, 1, 32);
            Write32(ico, at + 8, length);
            Write32(ico, at + 12, offset);
        }
    }

    public static byte[] Wbmp(Random random, byte side) => [0, 0, side, side, .. Lines(random, side * ((side + 7) / 8))];

    /// <summary>A WebP container round the chunks of simple files: animated when there are several.</summary>
    public static byte[] WebP(byte side, byte[] exif, params byte[][] simple)
    {
        var animated = simple.Length > 1;
        List<byte> body = [.. Chunk("VP8X",
            [(byte)((exif.Length > 0 ? 8 : 0) | (animated ? 2 : 0) | 0x10), 0, 0, 0, (byte)(side - 1), 0, 0, (byte)(side - 1), 0, 0])];
        if (animated)
            body.AddRange(Chunk("ANIM", [0, 0, 0, 0, 0, 0]));
        foreach (var file in simple)
            body.AddRange(animated ? Chunk(
                "ANMF", [0, 0, 0, 0, 0, 0, (byte)(side - 1), 0, 0, (byte)(side - 1), 0, 0, 50, 0, 0, 0, .. file[12..]]) : file[12..]);
        if (exif.Length > 0)
            body.AddRange(Chunk("EXIF", exif));
        return [.. Chunk("RIFF", [.. "WEBP"u8, .. body])];
    }

    /// <summary>EXIF that holds an orientation.</summary>
    public static byte[] Exif(byte orientation) =>
        [.. "MM\0*\0\0\0\u0008"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];

    private static byte[] Chunk(string type, byte[] content)
    {
        var chunk = new byte[8 + content.Length + (content.Length & 1)];
        System.Text.Encoding.ASCII.GetBytes(type, chunk);
        Write32(chunk, 4, content.Length);
        content.CopyTo(chunk, 8);
        return chunk;
    }

    private static byte[] Lines(Random random, int length)
    {
        var lines = new byte[length];
        random.NextBytes(lines);
        return lines;
    }

    private static byte[] Runs(Random random, int side)
    {
        List<byte> runs = [];
        for (var row = 0; row < side; row++)
        {
            runs.AddRange([(byte)(side - 6), (byte)random.Next(256), 0, 4, 1, 2, 3, 4, 2, (byte)random.Next(256), 0, 0]);
        }
        runs.AddRange([0, 1]);
        return [.. runs];
    }

    private static void Write32(byte[] bytes, int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);
}
