using System.Diagnostics;
using System.Globalization;

namespace ImageRec.Torture.Disk;

/// <summary>A small file system in memory, mounted in a folder of its own. Needs Linux and root.</summary>
internal sealed class MountedDisk : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly long _size;

    private MountedDisk(long size) => _size = size;

    public string Folder => _scratch.Folder;

    /// <returns>Null where it cannot be mounted.</returns>
    public static MountedDisk? TryMount(long size)
    {
        if (!OperatingSystem.IsLinux())
            return null;
        var disk = new MountedDisk(size);
        if (Run("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={size},mode=0777"), "tmpfs", disk.Folder))
            return disk;
        disk._scratch.Dispose();
        return null;
    }

    /// <summary>Leaves so many bytes free.</summary>
    public void Fill(long left)
    {
        using var filler = File.Create(Path.Combine(Folder, "filler"));
        var free = new DriveInfo(Folder).AvailableFreeSpace;
        var block = new byte[4096];
        for (; free > left; free -= block.Length)
            filler.Write(block);
    }

    public void Free() => File.Delete(Path.Combine(Folder, "filler"));

    /// <summary>Forbids writing, to root too.</summary>
    /// <returns>Whether it worked: it does not while a file is open for writing.</returns>
    public bool Forbid() => Run("mount", "-o", "remount,ro", Folder);

    public void Allow() => Run("mount", "-o", string.Create(CultureInfo.InvariantCulture, $"remount,rw,size={_size}"), Folder);

    public void Dispose()
    {
        Run("umount", "-l", Folder);
        _scratch.Dispose();
    }

    private static bool Run(string command, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(command, arguments) { RedirectStandardError = true, RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
