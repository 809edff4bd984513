using ImageRec.Text;

namespace ImageRec.Tool.Input;

/// <summary>Finds what a mistyped path may have meant.</summary>
internal static class PathHint
{
    /// <returns>Such as <c> (did you mean 'photos/train'?)</c>, or nothing.</returns>
    public static string For(string path)
    {
        try
        {
            var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
            var folder = Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path)));
            if (folder is null || !Directory.Exists(folder))
                return folder is null ? "" : $" (there is no folder '{folder}' either)";
            var nearest = Spelling.Nearest(name, Directory.EnumerateFileSystemEntries(folder).Select(entry => Path.GetFileName(entry)));
            if (nearest is null)
                return "";
            return $" (did you mean '{Path.GetRelativePath(Environment.CurrentDirectory, Path.Combine(folder, nearest))}'?)";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
