using System.Runtime.InteropServices;

namespace ImageRec.Vectors;

/// <summary>
/// Asks Linux to back large buffers with 2 MiB pages: rows are read at random, and every 4 KiB page would miss the address cache.
/// </summary>
internal static unsafe partial class HugePages
{
    public const int Line = 64;
    public const int Size = 2 << 20;
    private const int AdviseHugePage = 14;

    /// <summary>Asks for huge pages for a buffer; where they are not granted everything works, more slowly.</summary>
    public static void Prefer(void* start, nuint bytes)
    {
        if (OperatingSystem.IsLinux())
            _ = Advise(start, bytes, AdviseHugePage);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int Advise(void* start, nuint bytes, int advice);
}
