using System.Text;
using System.Text.RegularExpressions;

namespace ImageRec.Images;

/// <summary>Finds the files that a list names: lists are written on one system and read on another.</summary>
/// <remarks>
/// A path that is there as written is never changed. Where it is not, backslashes are taken for separators, and a name matches one on disk
/// that differs only in how its accents are composed (NFC as Windows and Linux write, NFD as macOS does). Plain ASCII paths without
/// backslashes are not looked up at all, so a long list costs no look at the disk.
/// </remarks>
/// <param name="folder">The full path of the folder that relative paths start from.</param>
internal sealed partial class ListedPaths(string folder)
{
    /// <summary>No file system has longer ones.</summary>
    private const int MaxLength = 32_767;

    private readonly Dictionary<string, Dictionary<string, string>> _composed = new(StringComparer.Ordinal);

    /// <summary>Returns the image that a list names, and the path or address it is known by.</summary>
    /// <param name="written">As in the list; holds no NUL.</param>
    public (string Path, ImageSource Image) Resolve(string written)
    {
        var path = Path.GetFullPath(written, folder);
        if (Address().Match(written) is { Success: true } address && !File.Exists(path))
        {
            if (Local(address, written) is not { } local)
                return Unreadable(written, Web(written, address.Groups["scheme"].ValueSpan));
            (written, path) = (local, Path.GetFullPath(local, folder));
        }
        if (written.Length > MaxLength)
            return Unreadable(written, $"The path '{Excerpt(written)}' has {written.Length} characters; no file has so long a name.");
        var isForeign = !OperatingSystem.IsWindows() && WindowsPath().IsMatch(written);
        var mayDiffer = isForeign || !Ascii.IsValid(written) || !OperatingSystem.IsWindows()
            && written.Contains('\\', StringComparison.Ordinal);
        if (mayDiffer && !File.Exists(path))
        {
            if (Existing(written) is { } found)
                path = found;
            else if (isForeign)
                return Unreadable(written, $"'{written}' cannot be read: it is a path of a Windows computer, and this is none. Write paths "
                    + "relative to the list, such as img/1.jpg.");
        }
        return (path, ImageSource.FromFile(path));
    }

    private static (string, ImageSource) Unreadable(string written, string reason) =>
        (written, UnreadableSource.Of(Excerpt(written), reason));

    private static string Web(string written, ReadOnlySpan<char> scheme) => scheme.Equals("data", StringComparison.OrdinalIgnoreCase)
        ? $"'{Excerpt(written)}' cannot be read: it holds the picture itself, and a list holds paths of files. Write it to a file, or use "
        + $"{nameof(ImageSource)}.{nameof(ImageSource.FromBytes)}."
        : $"'{Excerpt(written)}' cannot be read: web addresses are not read. Download the picture first, or use "
        + $"{nameof(ImageSource)}.{nameof(ImageSource.FromStream)}.";

    private static string Excerpt(string text) => text.Length <= 200 ? text : $"{text[..200]}...";

    /// <summary>
    /// Returns the path that an address such as file:///photos/1.jpg stands for, or null when it is none of this computer.
    /// </summary>
    private static string? Local(Match address, string written) =>
        address.Groups["scheme"].ValueSpan.Equals("file", StringComparison.OrdinalIgnoreCase)
        && Uri.TryCreate(written, UriKind.Absolute, out var uri) && uri.IsFile && uri.LocalPath is { Length: > 0 } path
        && !path.Contains('\0', StringComparison.Ordinal)
            ? path
            : null;

    private string? Existing(string written)
    {
        var slashes = OperatingSystem.IsWindows() ? written : written.Replace('\\', '/');
        return Compose(Path.GetFullPath(written, folder)) ?? (slashes == written ? null : Compose(Path.GetFullPath(slashes, folder)));
    }

    /// <summary>Goes down the path, and takes at each part what is there, under whatever form of its name.</summary>
    private string? Compose(string path)
    {
        var found = Path.GetPathRoot(path)!;
        foreach (var part in path[found.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            var next = Path.Combine(found, part);
            if (!Path.Exists(next))
            {
                if (Ascii.IsValid(part) || !Names(found).TryGetValue(Composed(part), out var other))
                    return null;
                next = Path.Combine(found, other);
            }
            found = next;
        }
        return File.Exists(found) ? found : null;
    }

    /// <summary>Returns the names in a folder that are not ASCII, by their composed form.</summary>
    private Dictionary<string, string> Names(string folderPath)
    {
        if (_composed.TryGetValue(folderPath, out var known))
            return known;
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        try
        {
            foreach (var name in Directory.EnumerateFileSystemEntries(folderPath).Select(entry => Path.GetFileName(entry))
                .Where(name => !Ascii.IsValid(name)).Order(StringComparer.Ordinal))
                names.TryAdd(Composed(name), name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A folder that cannot be listed counts as missing; reading the image reports it.
        }
        return _composed[folderPath] = names;
    }

    private static string Composed(string name)
    {
        try
        {
            return name.Normalize();
        }
        catch (ArgumentException)
        {
            // Not text, such as half a surrogate pair: equal to itself only.
            return name;
        }
    }

    /// <summary>Matches an address such as https://, s3://, //cdn.shop.com/, www.shop.com/ or data:, but no drive letter.</summary>
    [GeneratedRegex(@"^(?<scheme>[a-z][a-z0-9+.-]+)://|^(?<scheme>data):|^//[a-z0-9-]+\.|^www\.",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"^[a-z]:[\\/]|^\\\\", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WindowsPath();
}
