using System.Runtime.InteropServices;

namespace ImageRec.Vectors;

/// <summary>Holds zeroed memory outside the managed heap, on a cache line, freed when nothing refers to it.</summary>
/// <remarks>
/// A reader that holds the owner may use <see cref="Pointer"/> as long as it keeps the owner alive (<see cref="GC.KeepAlive"/>); what a
/// merge has replaced is left to the collector, because searches may still be reading it. <see cref="Dispose"/> is for owners that know
/// that nobody reads any more.
/// </remarks>
internal sealed unsafe class NativeBuffer<T> : IDisposable where T : unmanaged
{
    private const long PagesFrom = 256 * 1024;
    private readonly long _bytes;
    private readonly SystemPages? _pages;

    public NativeBuffer(long length)
    {
        Length = length;
        // One line more than asked for: kernels may look at, never use, what follows the last row.
        _bytes = checked(length * sizeof(T) + HugePages.Line);
        var huge = _bytes >= 2 * HugePages.Size;
        var alignment = huge ? (nuint)HugePages.Size : HugePages.Line;
        // Large buffers come from the system and go back to it: an allocator would keep pieces of ever other sizes that nobody uses.
        _pages = _bytes >= PagesFrom ? SystemPages.TryTake((nuint)_bytes, alignment) : null;
        Pointer = (T*)(_pages is { } pages ? pages.Start : NativeMemory.AlignedAlloc((nuint)_bytes, alignment));
        if (huge)
            HugePages.Prefer(Pointer, (nuint)_bytes);
        NativeMemory.Clear(Pointer, (nuint)_bytes);
        GC.AddMemoryPressure(_bytes);
    }

    ~NativeBuffer() => Release();

    public long Length { get; }

    public T* Pointer { get; private set; }

    /// <summary>Frees the memory now.</summary>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>Returns a part of the memory, at most 2 G elements.</summary>
    public Span<T> Slice(long start, int length) => new(Pointer + start, length);

    private void Release()
    {
        if (Pointer == null)
            return;
        if (_pages is not null)
            _pages.Return();
        else
            NativeMemory.AlignedFree(Pointer);
        Pointer = null;
        GC.RemoveMemoryPressure(_bytes);
    }
}
