namespace ImageRec.Benchmarks;

/// <summary>Where the sources are, whatever folder the program was started from.</summary>
internal static class Repository
{
    public static string Root()
    {
        foreach (var start in new[] { Environment.CurrentDirectory, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder != null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "ImageRec.sln")))
                    return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("ImageRec.sln was not found above the current folder; run this from the repository.");
    }
}
