using ImageRec.Images;
using System.IO.Hashing;

namespace ImageRec.AspNetCore.Thumbnails;

/// <summary>Creates thumbnails. Errors do not contain the picture's name, which may be a path of this machine.</summary>
internal static class ThumbnailMaker
{
    /// <summary>The error of any picture that cannot be read.</summary>
    public const string Unreadable = "This product's picture cannot be read.";

    /// <param name="encoded">The bytes of the picture.</param>
    /// <param name="size">Largest width and height in pixels.</param>
    /// <param name="maxPixels">Larger pictures are not decoded.</param>
    /// <exception cref="UnreadableImageException">It cannot be decoded.</exception>
    public static Thumbnail Make(ReadOnlySpan<byte> encoded, int size, long maxPixels)
    {
        try
        {
            var bytes = PictureThumbnail.ToJpeg(encoded, size, limits: new ImageLimits { MaxPixels = maxPixels });
            return new Thumbnail(bytes, $"\"{Convert.ToHexStringLower(XxHash128.Hash(bytes))}\"");
        }
        catch (UnreadableImageException e)
        {
            throw new UnreadableImageException(Unreadable, e);
        }
    }
}
