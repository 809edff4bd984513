using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ImageRec.Vectors;

/// <summary>Fetches memory ahead of its use, so that the wait overlaps with work.</summary>
internal static unsafe class Prefetch
{
    private const int Line = 64;

    /// <summary>Fetches what is read within the next few steps, into the nearest cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(void* start, long bytes)
    {
        if (!Sse.IsSupported)
            return;
        for (long offset = 0; offset < bytes; offset += Line)
            Sse.Prefetch0((byte*)start + offset);
    }

    /// <summary>Fetches what is read later, into the second cache, which can wait for more lines at once than the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ReadLater(void* start, long bytes)
    {
        if (!Sse.IsSupported)
            return;
        for (long offset = 0; offset < bytes; offset += Line)
            Sse.Prefetch1((byte*)start + offset);
    }
}
