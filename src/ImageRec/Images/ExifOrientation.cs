using System.Buffers.Binary;
using SkiaSharp;

namespace ImageRec.Images;

/// <summary>
/// Finds which way is up in files whose EXIF the codec does not read: PNG (chunk eXIf) and WebP (chunk EXIF). A damaged chunk states no
/// orientation.
/// </summary>
internal static class ExifOrientation
{
    private const int OrientationTag = 0x0112;
    private const int Short = 3;
    private const int Long = 4;

    /// <summary>Returns the orientation that a file states; null when it states none.</summary>
    public static SKEncodedOrigin? Find(ReadOnlySpan<byte> encoded, SKEncodedImageFormat format) => format switch
    {
        SKEncodedImageFormat.Png => FromTiff(PngChunk(encoded)),
        SKEncodedImageFormat.Webp => FromTiff(WebpChunk(encoded)),
        _ => null,
    };

    private static ReadOnlySpan<byte> PngChunk(ReadOnlySpan<byte> png)
    {
        const int signature = 8, frame = 12;
        for (var rest = png[Math.Min(signature, png.Length)..]; rest.Length >= frame;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - frame)
                break;
            if (rest.Slice(4, 4).SequenceEqual("eXIf"u8))
                return rest.Slice(8, (int)length);
            rest = rest[(frame + (int)length)..];
        }
        return default;
    }

    private static ReadOnlySpan<byte> WebpChunk(ReadOnlySpan<byte> webp)
    {
        const int header = 12, frame = 8;
        for (var rest = webp[Math.Min(header, webp.Length)..]; rest.Length >= frame;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - frame)
                break;
            if (rest.StartsWith("EXIF"u8))
                return rest.Slice(frame, (int)length);
            // Chunks begin at even offsets.
            rest = rest[Math.Min(frame + (int)length + ((int)length & 1), rest.Length)..];
        }
        return default;
    }

    /// <summary>Reads the first directory of a TIFF structure, which some programs write with the prefix it has in JPEG.</summary>
    private static SKEncodedOrigin? FromTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.StartsWith("Exif\0\0"u8))
            tiff = tiff[6..];
        var little = tiff.StartsWith("II*\0"u8);
        if (tiff.Length < 8 || (!little && !tiff.StartsWith("MM\0*"u8)))
            return null;
        var directory = Number(tiff[4..], 4, little);
        if (directory > tiff.Length - 2)
            return null;
        var entries = Number(tiff[(int)directory..], 2, little);
        for (var rest = tiff[((int)directory + 2)..]; entries > 0 && rest.Length >= 12; entries--, rest = rest[12..])
        {
            if (Number(rest, 2, little) != OrientationTag || Number(rest[4..], 4, little) != 1)
                continue;
            var value = Number(rest[2..], 2, little) switch
            {
                Short => Number(rest[8..], 2, little),
                Long => Number(rest[8..], 4, little),
                _ => 0,
            };
            return value is >= 1 and <= 8 ? (SKEncodedOrigin)(int)value : null;
        }
        return null;
    }

    private static long Number(ReadOnlySpan<byte> bytes, int length, bool little) => (length, little) switch
    {
        (2, true) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        _ => BinaryPrimitives.ReadUInt32BigEndian(bytes),
    };
}
