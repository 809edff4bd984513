using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ImageRec.Vectors;

/// <summary>Asks for memory ahead of its use, so that the wait overlaps with work.</summary>
internal static unsafe class Prefetch
{
    private const int Line = 64;

    /// <summary>Asks for the first bytes of what will be read; the processor's own prefetching follows a stream from there.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(void* start, long bytes)
    {
        if (!Sse.IsSupported)
            return;
        for (long offset = 0; offset < bytes; offset += Line)
            Sse.Prefetch0((byte*)start + offset);
    }
}
