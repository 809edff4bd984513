using System.Runtime.CompilerServices;

namespace ImageRec.AspNetCore.Tests;

/// <summary>docs/aspnetcore.md, which the tests hold to what the package does.</summary>
internal static class DocsPage
{
    public static string Text { get; } = File.ReadAllText(Find("docs/aspnetcore.md"));

    /// <summary>A path in the repository.</summary>
    public static string Find(string path) => Path.GetFullPath(Path.Combine(Root(), path));

    private static string Root([CallerFilePath] string file = "") => Path.Combine(Path.GetDirectoryName(file)!, "..", "..", "..");
}
