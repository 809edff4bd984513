using SkiaSharp;

namespace ImageRec.Images;

/// <summary>Says where the stored lines of an image belong: the eight orientations of EXIF (tag 0x0112).</summary>
/// <param name="SwapsAxes">Stored rows are columns of the upright image.</param>
/// <param name="MirrorsX">A stored line runs, or lines follow, from right to left in the upright image.</param>
/// <param name="MirrorsY">The same from bottom to top.</param>
internal readonly record struct Orientation(bool SwapsAxes, bool MirrorsX, bool MirrorsY)
{
    public static Orientation From(SKEncodedOrigin origin) => origin switch
    {
        SKEncodedOrigin.TopRight => new(false, true, false),
        SKEncodedOrigin.BottomRight => new(false, true, true),
        SKEncodedOrigin.BottomLeft => new(false, false, true),
        SKEncodedOrigin.LeftTop => new(true, false, false),
        SKEncodedOrigin.RightTop => new(true, true, false),
        SKEncodedOrigin.RightBottom => new(true, true, true),
        SKEncodedOrigin.LeftBottom => new(true, false, true),
        _ => default,
    };

    /// <summary>Turns a stored size into the upright one, or back.</summary>
    public (int Width, int Height) Swap((int Width, int Height) size) => SwapsAxes ? (size.Height, size.Width) : size;

    /// <summary>Returns where a stored line starts in the upright image and which way it runs.</summary>
    /// <param name="line">Stored line, 0 to height - 1.</param>
    /// <param name="width">Stored width.</param>
    /// <param name="height">Stored height.</param>
    public (int X, int Y, int StepX, int StepY) Line(int line, int width, int height)
    {
        if (SwapsAxes)
            return (MirrorsX ? height - 1 - line : line, MirrorsY ? width - 1 : 0, 0, MirrorsY ? -1 : 1);
        return (MirrorsX ? width - 1 : 0, MirrorsY ? height - 1 - line : line, MirrorsX ? -1 : 1, 0);
    }
}
