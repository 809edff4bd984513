namespace ImageRec.Tests.Design;

/// <summary>Where the sources under test are, and the photos and networks that may lie beside them.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    /// <summary>A file or folder of <c>../shared</c>; the test is skipped where there is none.</summary>
    public static string Shared(string path)
    {
        var full = Path.GetFullPath(Path.Combine(Root, "..", "shared", path));
        if (!File.Exists(full) && !Directory.Exists(full))
            Assert.Skip($"Needs ../shared/{path} beside the repository.");
        return full;
    }

    /// <summary>A package's assembly as the compiler wrote it: where coverage is counted, the copies elsewhere are rewritten.</summary>
    public static string AssemblyOf(string package)
    {
        var configuration = new DirectoryInfo(AppContext.BaseDirectory).Parent!.Name;
        return Path.Combine(Root, "src", package, "obj", configuration, "net10.0", $"{package}.dll");
    }

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ImageRec.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
