using System.Runtime.InteropServices;

namespace ImageRec.Vectors;

/// <summary>Holds memory taken from Linux itself, page by page, and given back to it.</summary>
internal sealed unsafe partial class SystemPages
{
    private const int ReadWrite = 1 | 2;
    private const int PrivateAnonymous = 0x02 | 0x20;
    private const nint Failed = -1;
    private readonly nint _mapping;
    private readonly nuint _bytes;

    private SystemPages(nint mapping, nuint bytes, nuint alignment)
    {
        (_mapping, _bytes) = (mapping, bytes);
        Start = (void*)(((nuint)mapping + alignment - 1) / alignment * alignment);
    }

    /// <summary>The first aligned byte.</summary>
    public void* Start { get; }

    /// <summary>Takes memory.</summary>
    /// <returns>Null where there is no such call, or no memory: the allocator may still have some.</returns>
    public static SystemPages? TryTake(nuint bytes, nuint alignment)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var mapped = checked(bytes + alignment);
        var mapping = Map(0, mapped, ReadWrite, PrivateAnonymous, -1, 0);
        return mapping == Failed ? null : new SystemPages(mapping, mapped, alignment);
    }

    /// <summary>Gives the memory back.</summary>
    public void Return() => _ = Unmap(_mapping, _bytes);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
