using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using SkiaSharp;

namespace ImageRec.Tests.Images;

/// <summary>Picture files of every kind a catalog may hold, made or embedded.</summary>
internal static class PictureFiles
{
    /// <summary>2 x 2, two frames: first red (200, 30, 10), then blue (10, 30, 200).</summary>
    public static byte[] AnimatedGif { get; } =
        Convert.FromBase64String("R0lGODlhAgACAIAAAMgeCgoeyCH5BAAKAAAALAAAAAACAAIAAAIEBEEQBQAh+QQACgAAACwAAAAAAgACAAACBAzDMAUAOw==");

    /// <summary>1 x 1, red (200, 30, 10).</summary>
    public static byte[] OnePixelGif { get; } = Convert.FromBase64String("R0lGODlhAQABAIAAAMgeCgoeyCH5BAAKAAAALAAAAAABAAEAAAICRAEAOw==");

    /// <summary>16 x 16, ink (0, 255, 255, 0) as Adobe programs write it: red.</summary>
    public static byte[] CmykJpeg { get; } = Convert.FromBase64String(
        "/9j/7gAOQWRvYmUAZAAAAAAA/9sAQwADAgIDAgIDAwMDBAMDBAUIBQUEBAUKBwcGCAwKDAwLCgsLDQ4SEA0OEQ4LCxAWEBETFBUVFQwPFxgWFBgSFBUU/8AAFAgAEAAQBEMRAE0RAFkRAEsRAP/EAB8AAAEF"
        + "AQEBAQEBAAAAAAAAAAABAgMEBQYHCAkKC//EALUQAAIBAwMCBAMFBQQEAAABfQECAwAEEQUSITFBBhNRYQcicRQygZGhCCNCscEVUtHwJDNicoIJChYXGBkaJSYnKCkqNDU2Nzg5OkNERUZHSElKU1RVVldY"
        + "WVpjZGVmZ2hpanN0dXZ3eHl6g4SFhoeIiYqSk5SVlpeYmZqio6Slpqeoqaqys7S1tre4ubrCw8TFxsfIycrS09TV1tfY2drh4uPk5ebn6Onq8fLz9PX29/j5+v/aAA4EQwBNAFkASwAAPwD9U6/Kqvyqr9U6KKKK"
        + "KKKKKKKK/9k=");

    /// <summary>32 x 32, gray blocks of 8 x 8, a restart marker after each.</summary>
    public static byte[] RestartJpeg { get; } = MakeRestartJpeg(progressive: false);

    /// <summary>The same blocks in two scans: first the averages, then that there is nothing else.</summary>
    public static byte[] ProgressiveJpeg { get; } = MakeRestartJpeg(progressive: true);

    /// <summary>A picture as Skia encodes it.</summary>
    public static byte[] Encode(SKEncodedImageFormat format, int width, int height, Func<int, int, SKColor> color, int quality = 95)
    {
        var colors = new SKColor[width * height];
        for (var i = 0; i < colors.Length; i++)
            colors[i] = color(i % width, i / width);
        // All at once: one by one, each pixel is drawn.
        using var bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul) { Pixels = colors };
        using var data = bitmap.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>The same JPEG with an EXIF orientation.</summary>
    public static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "MM\0*\0\0\0\u0008"u8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0,
            0, 0, 0, 0, 0];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>A TIFF structure that states an orientation, as EXIF is.</summary>
    public static byte[] Exif(byte orientation, bool little, bool prefix)
    {
        byte[] start = prefix ? [.. "Exif\0\0"u8] : [];
        return little
            ? [.. start, .. "II*\0\u0008\0\0\0"u8, 2, 0, 0x0F, 0x01, 2, 0, 1, 0, 0, 0, 65, 0, 0, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0,
            orientation, 0, 0, 0, 0, 0, 0, 0]
            : [.. start, .. "MM\0*\0\0\0\u0008"u8, 0, 2, 0x01, 0x0F, 0, 2, 0, 0, 0, 1, 65, 0, 0, 0, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0,
            orientation, 0, 0, 0, 0, 0, 0];
    }

    /// <summary>The same PNG with a chunk behind its header or, late, before its end.</summary>
    public static byte[] WithPngChunk(byte[] png, string type, byte[] content, bool late = false)
    {
        using var chunk = new MemoryStream();
        Chunk(chunk, System.Text.Encoding.ASCII.GetBytes(type), content);
        var at = late ? png.Length - 12 : 33;
        return [.. png[..at], .. chunk.ToArray(), .. png[at..]];
    }

    /// <summary>The same WebP in the extended format, with an EXIF chunk at its end.</summary>
    public static byte[] WithWebpExif(byte[] webp, int width, int height, byte[] exif)
    {
        byte[] extended = [.. "VP8X"u8, 10, 0, 0, 0, 0x08, 0, 0, 0, .. Low24(width - 1), .. Low24(height - 1)];
        byte[] body = [.. "WEBP"u8, .. extended, .. webp[12..], .. "EXIF"u8, .. BitConverter.GetBytes(exif.Length), .. exif,
            .. new byte[exif.Length & 1]];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];

        static byte[] Low24(int number) => BitConverter.GetBytes(number)[..3];
    }

    /// <summary>A PNG written byte by byte.</summary>
    /// <param name="width">What the header says.</param>
    /// <param name="height">What the header says.</param>
    /// <param name="bits">Bits a sample.</param>
    /// <param name="colorType">0 gray, 2 RGB, 3 palette, 4 gray and alpha, 6 RGB and alpha.</param>
    /// <param name="lines">The lines, each after its filter byte 0.</param>
    /// <param name="palette">Red, green, blue of each entry.</param>
    public static byte[] Png(int width, int height, byte bits, byte colorType, byte[] lines, byte[]? palette = null)
    {
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (bits, colorType);
        Chunk(png, "IHDR"u8, header);
        if (palette is not null)
            Chunk(png, "PLTE"u8, palette);
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal))
            zlib.Write(lines);
        Chunk(png, "IDAT"u8, packed.ToArray());
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] MakeRestartJpeg(bool progressive)
    {
        const int blocks = 16;
        byte[] quantization = [0xFF, 0xDB, 0, 67, 0, .. Enumerable.Repeat((byte)8, 64)];
        byte[] frame = [0xFF, progressive ? (byte)0xC2 : (byte)0xC0, 0, 11, 8, 0, 32, 0, 32, 1, 1, 0x11, 0];
        // Differences of 0 to 11 bits have codes of 4 bits; of the other coefficients there is only "no more", one bit 0.
        byte[] differences =
            [0xFF, 0xC4, 0, 31, 0x00, 0, 0, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11];
        byte[] others = [0xFF, 0xC4, 0, 20, 0x10, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
        var jpeg = new List<byte>([0xFF, 0xD8, .. quantization, .. frame, .. differences, .. others, 0xFF, 0xDD, 0, 4, 0, 1]);
        foreach (var (first, last) in progressive ? new (byte, byte)[] { (0, 0), (1, 63) } : [(0, 63)])
        {
            jpeg.AddRange([0xFF, 0xDA, 0, 8, 1, 1, 0, first, last, 0]);
            for (var block = 0; block < blocks; block++)
            {
                var shade = (block * 83 % 200) - 100;
                var bits = Math.Abs(shade) == 0 ? 0 : 32 - int.LeadingZeroCount(Math.Abs(shade));
                var number = shade < 0 ? shade + (1 << bits) - 1 : shade;
                var difference = Convert.ToString(bits, 2)
                    .PadLeft(4, '0') + (bits == 0 ? "" : Convert.ToString(number, 2).PadLeft(bits, '0'));
                var code = (first == 0 ? difference : "") + (last > 0 ? "0" : "");
                code = code.PadRight((code.Length + 7) / 8 * 8, '1');
                for (var at = 0; at < code.Length; at += 8)
                {
                    jpeg.Add(Convert.ToByte(code.Substring(at, 8), 2));
                    if (jpeg[^1] == 0xFF)
                        jpeg.Add(0);
                }
                if (block < blocks - 1)
                    jpeg.AddRange([0xFF, (byte)(0xD0 + (block & 7))]);
            }
        }
        return [.. jpeg, 0xFF, 0xD9];
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, byte[] content)
    {
        var number = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        png.Write(number);
        byte[] body = [.. type, .. content];
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.HashToUInt32(body));
        png.Write(number);
    }
}
