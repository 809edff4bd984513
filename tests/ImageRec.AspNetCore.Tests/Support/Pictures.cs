using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.IO.Compression;
using System.IO.Hashing;
using DrawnProducts;
using SkiaSharp;

namespace ImageRec.AspNetCore.Tests;

/// <summary>Pictures and what only looks like one.</summary>
internal static class Pictures
{
    private const int Size = 96;

    private static readonly ConcurrentDictionary<DrawnProduct, byte[]> s_drawn = new();

    public static byte[] Draw(DrawnProduct product) => s_drawn.GetOrAdd(product, p => ProductDrawing.Draw(
        p.Kind, Palette.All.First(palette => palette.Name == p.Color), p.Pattern, p.Variation, Size));

    /// <summary>A picture that no product has.</summary>
    public static byte[] Fresh(int seed = 4711, ProductKind kind = ProductKind.Dress) =>
        ProductDrawing.Draw(kind, Palette.All[seed % 12], Pattern.Stripes, seed, Size);

    /// <summary>One picture of two.</summary>
    public static byte[] SideBySide(byte[] left, byte[] right)
    {
        using var canvas = new SKBitmap(2 * Size, Size);
        using (var drawing = new SKCanvas(canvas))
        {
            using var first = SKImage.FromEncodedData(left);
            using var second = SKImage.FromEncodedData(right);
            drawing.DrawImage(first, 0, 0);
            drawing.DrawImage(second, Size, 0);
        }
        using var png = canvas.Encode(SKEncodedImageFormat.Png, 100);
        return png.ToArray();
    }

    /// <summary>A PNG whose header claims a size, with hardly any data behind it.</summary>
    /// <param name="width">In pixels.</param>
    /// <param name="height">In pixels.</param>
    /// <param name="packed">Compressed lines; a few zeros unless given.</param>
    public static byte[] ClaimingPng(int width, int height, byte[]? packed = null)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, 2);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "IDAT"u8, packed ?? Pack(new byte[600]));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize, leaveOpen: true))
            zlib.Write(bytes);
        return packed.ToArray();
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, byte[] data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var crc = new Crc32();
        crc.Append(type);
        crc.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, crc.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
