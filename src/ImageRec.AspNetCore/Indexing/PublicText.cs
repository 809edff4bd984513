using System.Text.RegularExpressions;

namespace ImageRec.AspNetCore.Indexing;

/// <summary>The part of an error that visitors may read: sentences for people, without paths of this machine.</summary>
internal static partial class PublicText
{
    /// <param name="error">What went wrong.</param>
    /// <param name="known">Files and folders that errors may name.</param>
    public static string Of(Exception error, params ReadOnlySpan<string?> known) =>
        error is CatalogException or CatalogFileException or UnreadableImageException or InvalidFeaturesException or OnnxModelException
            or InvalidOperationException or ArgumentException
            ? WithoutPaths(error.Message, known)
            // Its message names servers, which visitors must not read.
            : error is SharedCatalogException
            ? "The shared catalog cannot be read or changed; the log says why."
            : $"Indexing stopped because of an unexpected error ({error.GetType().Name}).";

    /// <summary>A text with the names of files and folders where their paths were.</summary>
    public static string WithoutPaths(string text, params ReadOnlySpan<string?> known)
    {
        foreach (var path in known)
        {
            if (string.IsNullOrWhiteSpace(path))
                continue;
            var name = NameOf(path);
            text = text.Replace(Path.GetFullPath(path), name, StringComparison.Ordinal).Replace(path, name, StringComparison.Ordinal);
        }
        text = QuotedPath().Replace(text, match => $"'{NameOf(match.Groups["path"].Value)}'");
        return BarePath().Replace(text, match => NameOf(match.Value));
    }

    private static string NameOf(string path)
    {
        var trimmed = path.TrimEnd('/', '\\');
        return trimmed[(trimmed.LastIndexOfAny(['/', '\\']) + 1)..];
    }

    [GeneratedRegex(@"'(?<path>(/|[A-Za-z]:[\\/]|\\\\)[^']+)'", RegexOptions.ExplicitCapture)]
    private static partial Regex QuotedPath();

    /// <summary>Two folders or more, so that "and/or" and "image/*" stay.</summary>
    [GeneratedRegex(
        @"(?<![\w/.:*'])/[^\s'""<>|:;,()/]+(/[^\s'""<>|:;,()/]+)+|(?<!\w)[A-Za-z]:\\[^\s'""<>|:;,()]+", RegexOptions.ExplicitCapture)]
    private static partial Regex BarePath();
}
