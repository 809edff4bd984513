using System.Runtime.CompilerServices;
using SkiaSharp;

namespace ImageRec.Images;

/// <summary>Holds what the header of an image says, read without decoding the image.</summary>
/// <param name="Width">Columns as stored.</param>
/// <param name="Height">Rows as stored.</param>
internal readonly record struct ImageHeader(int Width, int Height)
{
    /// <summary>Reads the header.</summary>
    /// <param name="encoded">The bytes of the file.</param>
    /// <param name="isCutOff">Whether it is an image that ends within its header.</param>
    /// <returns>Null when it is no image, or none that can be decoded; <see cref="UnknownFormat"/> says what it is.</returns>
    /// <exception cref="ImageLibraryException">SkiaSharp cannot be used in this app.</exception>
    public static ImageHeader? Read(ReadOnlySpan<byte> encoded, out bool isCutOff)
    {
        try
        {
            return ReadBySkia(encoded, out isCutOff);
        }
        catch (Exception e) when (SkiaLibrary.IsAtFault(e))
        {
            throw SkiaLibrary.Error(e);
        }
    }

    // Apart, so that what SkiaSharp lacks is missed within the other's try.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe ImageHeader? ReadBySkia(ReadOnlySpan<byte> encoded, out bool isCutOff)
    {
        fixed (byte* start = encoded)
        {
            using var codec = SkiaLibrary.Open(start, encoded.Length, out var result);
            isCutOff = codec is null && result == SKCodecResult.IncompleteInput && JpegFile.Read(encoded)?.Unsupported is null
                && UnknownFormat.Guess(encoded) is null && !UnknownFormat.LooksLikeText(encoded);
            return codec is null ? null : new(codec.Info.Width, codec.Info.Height);
        }
    }
}
