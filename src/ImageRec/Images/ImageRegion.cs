using System.Drawing;
using System.Globalization;
using static System.FormattableString;

namespace ImageRec.Images;

/// <summary>A part of an image, in fractions of its width and height.</summary>
/// <param name="X">Left edge, 0 or more.</param>
/// <param name="Y">Top edge, 0 or more.</param>
/// <param name="Width">More than 0; X + Width is at most 1.</param>
/// <param name="Height">More than 0; Y + Height is at most 1.</param>
internal readonly record struct ImageRegion(float X, float Y, float Width, float Height)
{
    /// <summary>What a region is, as the end of errors.</summary>
    public const string Expected = "x,y,width,height in fractions of the upright picture, within 0 to 1, such as 0.25,0.1,0.5,0.8 "
        + "(x and y from 0, width and height more than 0, x + width and y + height at most 1)";

    // What fractions written with three digits may be beyond the edge by.
    private const float Tolerance = 0.001f;

    /// <summary>Makes the region of a rectangle; null when it is none.</summary>
    public static ImageRegion? From(RectangleF fractions)
    {
        var (x, y, width, height) = (fractions.X, fractions.Y, fractions.Width, fractions.Height);
        // Written so that no comparison holds for NaN.
        return x is >= 0 and < 1 && y is >= 0 and < 1 && width > 0 && height > 0
            && x + width <= 1 + Tolerance && y + height <= 1 + Tolerance
            ? new(x, y, Math.Min(width, 1 - x), Math.Min(height, 1 - y))
            : null;
    }

    /// <summary>Reads "x,y,width,height"; null when the text is no region.</summary>
    public static ImageRegion? Parse(string text)
    {
        var parts = text.Split(',');
        Span<float> numbers = stackalloc float[4];
        if (parts.Length != numbers.Length)
            return null;
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!float.TryParse(parts[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i]))
                return null;
        }
        return From(new(numbers[0], numbers[1], numbers[2], numbers[3]));
    }

    /// <summary>Returns the region that is this part of another one.</summary>
    public ImageRegion In(ImageRegion outer) => new(
        outer.X + X * outer.Width, outer.Y + Y * outer.Height, Width * outer.Width, Height * outer.Height);

    /// <summary>Returns the region of the stored image for this one of the upright image.</summary>
    public ImageRegion Stored(Orientation orientation)
    {
        var x = orientation.MirrorsX ? 1 - X - Width : X;
        var y = orientation.MirrorsY ? 1 - Y - Height : Y;
        return orientation.SwapsAxes ? new(y, x, Height, Width) : new(x, y, Width, Height);
    }

    /// <summary>Returns the pixels of an image nearest to the region, at least one.</summary>
    public PixelArea On(int width, int height)
    {
        var (left, columns) = Along(X, Width, width);
        var (top, rows) = Along(Y, Height, height);
        return new(left, top, columns, rows);
    }

    public override string ToString() => Invariant($"{X},{Y},{Width},{Height}");

    private static (int From, int Length) Along(float from, float length, int pixels)
    {
        var first = Math.Clamp((int)Math.Round((double)from * pixels), 0, pixels - 1);
        var past = Math.Clamp((int)Math.Round(((double)from + length) * pixels), first + 1, pixels);
        return (first, past - first);
    }
}
