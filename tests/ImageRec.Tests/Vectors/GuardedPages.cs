using System.Runtime.InteropServices;

namespace ImageRec.Tests.Vectors;

/// <summary>Memory that ends at a page without access (on Linux; elsewhere just memory).</summary>
internal sealed unsafe partial class GuardedPages : IDisposable
{
    private const int ReadWrite = 3;
    private const int NoAccess = 0;
    private const int PrivateAnonymous = 0x22;
    private readonly nuint _length;
    private readonly void* _memory;

    public GuardedPages(int bytes)
    {
        if (!OperatingSystem.IsLinux())
        {
            _memory = NativeMemory.AllocZeroed((nuint)Math.Max(bytes, 1));
            Start = (byte*)_memory;
            return;
        }
        var page = Environment.SystemPageSize;
        var usable = (bytes + page - 1) / page * page;
        _length = (nuint)(usable + page);
        _memory = Map(null, _length, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.NotEqual(-1, (nint)_memory);
        Assert.Equal(0, Protect((byte*)_memory + usable, (nuint)page, NoAccess));
        Start = (byte*)_memory + usable - bytes;
    }

    /// <summary>So many bytes before the end.</summary>
    public byte* Start { get; }

    public void Dispose()
    {
        if (OperatingSystem.IsLinux())
            _ = Unmap(_memory, _length);
        else
            NativeMemory.Free(_memory);
    }

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
