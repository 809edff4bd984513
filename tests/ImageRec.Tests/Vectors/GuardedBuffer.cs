namespace ImageRec.Tests.Vectors;

/// <summary>Numbers that end where a page without access begins: reading one too far ends the process.</summary>
internal sealed unsafe class GuardedBuffer<T> : IDisposable where T : unmanaged
{
    private readonly GuardedPages _pages;

    public GuardedBuffer(ReadOnlySpan<T> values)
    {
        _pages = new GuardedPages(values.Length * sizeof(T));
        Pointer = (T*)_pages.Start;
        values.CopyTo(new Span<T>(Pointer, values.Length));
    }

    public T* Pointer { get; }

    public void Dispose() => _pages.Dispose();
}
