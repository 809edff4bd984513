using ImageRec.AspNetCore.Problems;
using ImageRec.Images;

namespace ImageRec.AspNetCore.Uploads;

/// <summary>Reads the header of an upload and trusts nothing else: not its name, not its declared type.</summary>
internal static class PictureHeader
{
    /// <summary>Checks that a picture may be decoded.</summary>
    /// <exception cref="Problem">Not a picture, or too many pixels.</exception>
    public static void Check(ReadOnlySpan<byte> bytes, UploadLimits limits)
    {
        if (ImageHeader.Read(bytes, out var isCutOff) is not { } header)
            throw Refused(bytes, isCutOff);
        if ((long)header.Width * header.Height > limits.MaxPixels)
            throw Problem.TooManyPixels(header.Width, header.Height, limits.MaxPixels);
    }

    private static Problem Refused(ReadOnlySpan<byte> bytes, bool isCutOff)
    {
        if (isCutOff)
            return Problem.DamagedPicture("The picture ends within its header: it is cut off. Send it again.");
        var sentence = $"The file {UnknownFormat.Describe(bytes)}";
        return JpegFile.Read(bytes)?.Unsupported is null ? Problem.NotAPicture(sentence) : Problem.DamagedPicture(sentence);
    }
}
