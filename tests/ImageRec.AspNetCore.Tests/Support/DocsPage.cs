using ImageRec.Tests.Design;

namespace ImageRec.AspNetCore.Tests;

/// <summary>docs/aspnetcore.md, which the tests hold to what the package does.</summary>
internal static class DocsPage
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(Repository.Root, "docs", "aspnetcore.md"));
}
