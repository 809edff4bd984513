using System.Runtime.InteropServices;
using SkiaSharp;

namespace ImageRec.Images;

/// <summary>
/// Decodes JPEG files that were cut off just before their end marker, as some cameras and transfers leave them: nothing of the image is
/// missing.
/// </summary>
internal static class JpegEnd
{
    // What follows the cut is not known; the image is whole if it is the same whatever followed.
    private static readonly uint[] s_seeds = [1, 2];

    private static readonly byte[] s_end = [0xFF, 0xD9];

    // More than any group of blocks (MCU) takes, so that what is missing shows in an image decoded at a fraction of its size too.
    private const int NoiseLength = 8 * 1024;

    /// <summary>Decodes the file with its end put back.</summary>
    /// <param name="encoded">The file.</param>
    /// <param name="info">Size and format of the pixels.</param>
    /// <param name="pixels">Room for them, overwritten.</param>
    /// <returns>Whether the image is whole.</returns>
    public static unsafe bool TryDecode(ReadOnlySpan<byte> encoded, SKImageInfo info, byte* pixels)
    {
        if (JpegFile.Read(encoded) is not { MayLackOnlyItsEnd: true })
            return false;
        var data = encoded.TrimEnd((byte)0xFF);
        if (!Decode([.. data, .. s_end], info, pixels))
            return false;
        var other = (byte*)NativeMemory.Alloc((nuint)info.BytesSize64);
        try
        {
            foreach (var seed in s_seeds)
            {
                if (!Decode([.. data, .. Continuation(data, seed), .. s_end], info, other) || !Same(pixels, other, info.BytesSize64))
                    return false;
            }
            return true;
        }
        finally
        {
            NativeMemory.Free(other);
        }
    }

    /// <summary>Returns data of a scan that might have followed: noise, with the restart markers that would be due.</summary>
    private static byte[] Continuation(ReadOnlySpan<byte> data, uint seed)
    {
        const int markers = 8;
        var due = NextRestart(data);
        var continuation = new List<byte>((markers + 1) * (NoiseLength + 2));
        for (var part = 0; part <= markers; part++)
        {
            if (part > 0)
                continuation.AddRange([0xFF, (byte)(0xD0 + ((due + part - 1) & 7))]);
            for (var i = 0; i < NoiseLength; i++)
            {
                // Numerical Recipes' generator: the same noise everywhere, without the byte that begins markers.
                seed = (seed * 1664525) + 1013904223;
                continuation.Add((byte)Math.Min(seed >> 24, 0xFE));
            }
        }
        return [.. continuation];
    }

    /// <summary>Returns the number of the restart marker after the last one of the file, 0 to 7.</summary>
    private static int NextRestart(ReadOnlySpan<byte> data)
    {
        for (var at = data.Length - 2; at >= 0; at--)
        {
            if (data[at] == 0xFF && data[at + 1] is >= 0xC0 and <= 0xFE)
                return data[at + 1] is >= 0xD0 and <= 0xD7 ? (data[at + 1] - 0xD0 + 1) & 7 : 0;
        }
        return 0;
    }

    private static unsafe bool Decode(byte[] whole, SKImageInfo info, byte* pixels)
    {
        fixed (byte* start = whole)
        {
            using var codec = SkiaLibrary.Open(start, whole.Length, out _);
            return codec?.GetPixels(info, (nint)pixels) == SKCodecResult.Success;
        }
    }

    private static unsafe bool Same(byte* a, byte* b, long length)
    {
        const int most = 1 << 30;
        for (var at = 0L; at < length; at += most)
        {
            var part = (int)Math.Min(most, length - at);
            if (!new ReadOnlySpan<byte>(a + at, part).SequenceEqual(new ReadOnlySpan<byte>(b + at, part)))
                return false;
        }
        return true;
    }
}
