namespace ImageRec.Torture.Soak;

/// <summary>What a process holds at one time.</summary>
/// <param name="At">Since the load began.</param>
/// <param name="WorkingSet">Bytes of memory.</param>
/// <param name="Handles">Open files; 0 where the system does not tell.</param>
/// <param name="FileSize">Bytes of the catalog file.</param>
/// <param name="Companions">Bytes of what SQLite keeps beside it.</param>
internal sealed record Sample(TimeSpan At, long WorkingSet, int Handles, long FileSize, long Companions)
{
    private const string OpenFiles = "/proc/self/fd";

    public static Sample Take(TimeSpan at, string file) => new(
        at,
        Environment.WorkingSet,
        Directory.Exists(OpenFiles) ? Directory.GetFiles(OpenFiles).Count(descriptor => IsOf(descriptor, file)) : 0,
        new FileInfo(file).Length,
        Directory.GetFiles(Path.GetDirectoryName(file)!, Path.GetFileName(file) + "-*").Sum(Length));

    // A companion may vanish meanwhile.
    private static long Length(string path)
    {
        try
        {
            return new FileInfo(path).Length;
        }
        catch (FileNotFoundException)
        {
            return 0;
        }
    }

    // Of this catalog and its companions: other tests of the process open files of theirs.
    private static bool IsOf(string descriptor, string file)
    {
        try
        {
            return new FileInfo(descriptor).LinkTarget?.StartsWith(file, StringComparison.Ordinal) == true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
