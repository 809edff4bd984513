using SkiaSharp;

namespace ImageRec.AspNetCore;

/// <summary>Reads the header of an upload and trusts nothing else: not its name, not its declared type.</summary>
internal static class PictureHeader
{
    /// <summary>Checks that a picture may be decoded.</summary>
    /// <exception cref="Problem">Not a picture, or too many pixels.</exception>
    public static unsafe void Check(ReadOnlySpan<byte> bytes, UploadLimits limits)
    {
        fixed (byte* start = bytes)
        {
            using var data = SKData.Create((nint)start, bytes.Length);
            using var codec = SKCodec.Create(new SKMemoryStream(data), out var result);
            if (codec is null)
                throw Refused(bytes, result);
            var (width, height) = (codec.Info.Width, codec.Info.Height);
            if ((long)width * height > limits.MaxPixels)
                throw Problem.TooManyPixels(width, height, limits.MaxPixels);
        }
    }

    private static Problem Refused(ReadOnlySpan<byte> bytes, SKCodecResult result)
    {
        if (JpegFile.Read(bytes)?.Unsupported is not null)
            return Problem.DamagedPicture($"The file {UnknownFormat.Describe(bytes)}");
        return result == SKCodecResult.IncompleteInput && UnknownFormat.Guess(bytes) is null && !UnknownFormat.LooksLikeText(bytes)
            ? Problem.DamagedPicture("The picture ends within its header: it is cut off. Send it again.")
            : Problem.NotAPicture($"The file {UnknownFormat.Describe(bytes)}");
    }
}
