using System.Runtime.InteropServices;

namespace ImageRec.Images;

/// <summary>Holds the pixels of a decoded image as stored, sRGB, in memory that is freed on disposal. Used by one thread.</summary>
internal sealed unsafe class DecodedPixels : IDisposable
{
    // Large images one at a time, so that memory does not grow with the number of threads.
    private const long LargePixels = 16_000_000;
    private static readonly Lock s_large = new();
    private readonly bool _large;
    private byte* _pixels;

    public DecodedPixels(int width, int height, Orientation orientation)
    {
        (Width, Height, Orientation, Part) = (width, height, orientation, new(0, 0, width, height));
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

    /// <summary>Gets the columns as stored.</summary>
    public int Width { get; }

    /// <summary>Gets the rows as stored.</summary>
    public int Height { get; }

    /// <summary>Gets the number of pixels.</summary>
    public long Count => (long)Width * Height;

    /// <summary>Gets which way is up.</summary>
    public Orientation Orientation { get; }

    /// <summary>Gets or sets the background of transparent parts.</summary>
    public RgbValues Background { get; set; } = Backdrop.White;

    /// <summary>Gets whether the image was decoded at a fraction of its size.</summary>
    public bool IsReduced { get; init; }

    /// <summary>Gets or sets the part that is wanted; the whole image unless set.</summary>
    public PixelArea Part { get; set; }

    /// <summary>Gets the first pixel of the part that is wanted; its next line is Width pixels away.</summary>
    public byte* PartPixels => _pixels + ((long)Part.Y * Width + Part.X) * 4;

    /// <summary>Gets the pixels, Height x Width x 4: red, green, blue, alpha, premultiplied.</summary>
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
