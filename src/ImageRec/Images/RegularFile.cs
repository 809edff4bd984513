using static System.FormattableString;

namespace ImageRec.Images;

/// <summary>
/// Distinguishes files that hold images from folders, devices, pipes and sockets, without opening them: opening a pipe can wait for ever.
/// </summary>
internal static class RegularFile
{
    /// <summary>Checks what a path leads to, through links.</summary>
    /// <param name="path">Full path.</param>
    /// <param name="name">What errors call it.</param>
    /// <param name="maxBytes">The most bytes the file may have; files can grow, so reading stops there too.</param>
    /// <exception cref="UnreadableImageException">Not a regular file, empty, or too large.</exception>
    /// <exception cref="IOException">There is no such file, or links lead in a circle.</exception>
    public static void Require(string path, string name, long maxBytes)
    {
        var file = new FileInfo(path);
        if (file.Exists && (file.Attributes & FileAttributes.ReparsePoint) != 0
            && File.ResolveLinkTarget(path, returnFinalTarget: true) is { } target)
            file = new FileInfo(target.FullName);
        if (Directory.Exists(file.FullName))
            throw new UnreadableImageException($"'{name}' is a folder, not a picture.");
        // Devices, pipes and sockets have no length.
        var length = file.Length;
        if (length == 0)
            throw new UnreadableImageException(
                $"'{name}' is an empty file, or a device or a pipe; only files with bytes in them are read.");
        if (length > maxBytes)
            throw new UnreadableImageException(Invariant($"'{name}' has {length:N0} bytes; at most {maxBytes:N0} are read."));
    }
}
