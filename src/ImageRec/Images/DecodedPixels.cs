using System.Runtime.InteropServices;

namespace ImageRec.Images;

/// <summary>The pixels of a decoded picture as they are stored, sRGB, in memory that is freed on disposal. Used by one thread.</summary>
internal sealed unsafe class DecodedPixels : IDisposable
{
    // Large pictures one at a time, so that memory does not grow with the number of threads.
    private const long LargePixels = 16_000_000;
    private static readonly Lock s_large = new();
    private readonly bool _large;
    private byte* _pixels;

    public DecodedPixels(int width, int height, Orientation orientation)
    {
        (Width, Height, Orientation) = (width, height, orientation);
        _large = Count > LargePixels;
        if (_large)
            s_large.Enter();
        try
        {
            _pixels = (byte*)NativeMemory.Alloc((nuint)Count * 4);
        }
        catch
        {
            if (_large)
                s_large.Exit();
            throw;
        }
    }

    /// <summary>Columns as stored.</summary>
    public int Width { get; }

    /// <summary>Rows as stored.</summary>
    public int Height { get; }

    /// <summary>Number of pixels.</summary>
    public long Count => (long)Width * Height;

    /// <summary>Which way is up.</summary>
    public Orientation Orientation { get; }

    /// <summary>What transparent parts are laid on.</summary>
    public RgbValues Background { get; set; } = Backdrop.White;

    /// <summary>Height x Width x 4: red, green, blue, alpha, premultiplied.</summary>
    public byte* Pixels => _pixels;

    public void Dispose()
    {
        if (_pixels == null)
            return;
        NativeMemory.Free(_pixels);
        _pixels = null;
        if (_large)
            s_large.Exit();
    }
}
