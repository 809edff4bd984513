using System.IO.MemoryMappedFiles;

namespace ImageRec.Torture.Fuzz;

/// <summary>
/// Where a child that tries inputs stands, shared with its parent: a crash takes neither the number of the input nor the figures along.
/// </summary>
internal sealed class FuzzStatus : IDisposable
{
    private const int Size = 64;
    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    public FuzzStatus(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, mapName: null, Size);
        _view = _file.CreateViewAccessor(0, Size);
    }

    /// <summary>Number of the input being tried; -1 before the first.</summary>
    public long Index
    {
        get => _view.ReadInt64(0);
        set => _view.Write(0, value);
    }

    /// <summary><see cref="Environment.TickCount64"/> when its trying began; 0 while none is tried.</summary>
    public long Began
    {
        get => _view.ReadInt64(8);
        set => _view.Write(8, value);
    }

    public long Accepted
    {
        get => _view.ReadInt64(16);
        set => _view.Write(16, value);
    }

    public long Refused
    {
        get => _view.ReadInt64(24);
        set => _view.Write(24, value);
    }

    /// <summary>Milliseconds of the slowest input so far.</summary>
    public double Slowest
    {
        get => _view.ReadDouble(32);
        set => _view.Write(32, value);
    }

    /// <summary>Most bytes that one input made the library allocate on the thread that tried it.</summary>
    public long MostAllocated
    {
        get => _view.ReadInt64(40);
        set => _view.Write(40, value);
    }

    /// <summary>The input that took the <see cref="Slowest"/> time.</summary>
    public long SlowestIndex
    {
        get => _view.ReadInt64(48);
        set => _view.Write(48, value);
    }

    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
    }
}
