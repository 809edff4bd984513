using System.Collections.Frozen;

namespace ImageRec.Images;

/// <summary>Knows the file name extensions of images, those that cannot be decoded among them.</summary>
/// <remarks>
/// An image of a format that is not decoded is listed as unreadable with the reason, rather than left out without a word; which format a
/// file has is for its content to say.
/// </remarks>
internal static class ImageEndings
{
    private static readonly string[] s_all =
    [
        ".jpg", ".jpeg", ".jpe", ".jfif", ".jfi", ".jif", ".pjpeg", ".pjp", ".png", ".apng", ".webp", ".gif", ".bmp", ".dib", ".ico",
        ".cur", ".wbmp",
        ".heic", ".heics", ".heif", ".heifs", ".hif", ".avif", ".avifs", ".jxl", ".tif", ".tiff", ".svg", ".svgz",
        ".jp2", ".j2k", ".jpf", ".jpx", ".jxr", ".wdp", ".psd", ".psb", ".tga", ".qoi", ".pcx", ".pnm", ".ppm", ".pgm", ".pbm", ".exr",
        ".dng", ".raw", ".cr2", ".cr3", ".crw", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".orf", ".rw2", ".raf", ".pef", ".srw", ".x3f",
    ];

    private static readonly FrozenSet<string> s_set = s_all.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Gets all of them, for use in a sentence.</summary>
    public static string Text { get; } = string.Join(", ", s_all);

    /// <summary>Returns whether a file of this name is an image, in any case.</summary>
    public static bool Has(string name) => s_set.Contains(Path.GetExtension(name));
}
