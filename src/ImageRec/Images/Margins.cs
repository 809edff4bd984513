namespace ImageRec.Images;

/// <summary>
/// Finds margins of one color around what an image shows: white, gray or transparent, with the noise of JPEG and with soft shadows.
/// </summary>
/// <remarks>
/// The outermost lines must be of one color almost exactly, on three sides or on two opposite ones, as canvases are and photographed walls
/// are not. From there lines are left out as long as they have that color, up to the noise that JPEG makes beside an edge; and then the
/// lines of a shadow, where it ends at an edge.
/// </remarks>
internal static class Margins
{
    /// <summary>Names the search in fingerprints; changed whenever an image would be cut elsewhere.</summary>
    public const string Version = "margins-1";

    // Of canvases: levels that a pixel of the outermost line may be off by, and the share of pixels that may be further off.
    private const int SameColor = 6;
    private const double FewStrict = 0.01;
    // Of lines further in: the mean of levels, and what stands out.
    private const double MeanNoise = 5;
    private const int StandsOut = 20;
    private const double FewLenient = 0.01;
    // Shadows: how dark, how steep per pixel, how wide.
    private const double DarkestShade = 0.35;
    private const int SteepestShade = 20;
    private const int ShadeHue = 14;
    private const double WidestShade = 0.15;
    // How far the noise of JPEG reaches from an edge into a shadow.
    private const double WidestSmear = 0.04;
    // Less than so much of a side is no margin, and less than so little left is no picture.
    private const double LeastMargin = 0.02;
    private const double LeastLeft = 0.05;

    private enum Side
    {
        Left,
        Right,
        Top,
        Bottom,
    }

    private static readonly Side[] s_sides = [Side.Top, Side.Bottom, Side.Left, Side.Right];

    /// <summary>Finds what is inside the margins.</summary>
    /// <param name="image">The image.</param>
    /// <returns>A part of the image's part; null when there are no margins.</returns>
    public static PixelArea? Find(DecodedPixels image)
    {
        var whole = image.Part;
        if (whole.Width < 8 || whole.Height < 8 || ColorOf(image, whole) is not { } color)
            return null;
        var inside = WithoutColor(image, whole, color);
        if (inside.Width < whole.Width * LeastLeft || inside.Height < whole.Height * LeastLeft)
            return null;
        inside = WithoutShade(image, inside, color);
        return inside.Width > whole.Width * (1 - LeastMargin) && inside.Height > whole.Height * (1 - LeastMargin) ? null : inside;
    }

    /// <summary>Returns the color that the outermost lines share on three sides or two opposite ones; null when they do not.</summary>
    private static PixelColor? ColorOf(DecodedPixels image, PixelArea area)
    {
        var colors = Array.ConvertAll(s_sides, side => UniformColor(Line(image, area, side, 0)));
        foreach (var color in colors)
        {
            if (color is not { } wanted)
                continue;
            var same = Array.ConvertAll(colors, other => other is { } found && found.DistanceTo(wanted) <= SameColor);
            if (same.Count(isSame => isSame) >= 3 || (same[0] && same[1]) || (same[2] && same[3]))
                return wanted;
        }
        return null;
    }

    /// <summary>Returns the middle color of a line of which almost all pixels have that color.</summary>
    private static PixelColor? UniformColor(PixelLine line)
    {
        Span<int> red = stackalloc int[256], green = stackalloc int[256], blue = stackalloc int[256], alpha = stackalloc int[256];
        for (var i = 0; i < line.Count; i++)
        {
            var pixel = line[i];
            red[pixel.Red]++;
            green[pixel.Green]++;
            blue[pixel.Blue]++;
            alpha[pixel.Alpha]++;
        }
        var all = line.Count;
        var middle = new PixelColor(Middle(red, all), Middle(green, all), Middle(blue, all), Middle(alpha, all));
        var off = 0;
        for (var i = 0; i < line.Count; i++)
            off += line[i].DistanceTo(middle) > SameColor ? 1 : 0;
        return off <= line.Count * FewStrict ? middle : null;
    }

    private static int Middle(ReadOnlySpan<int> counts, int total)
    {
        var value = 0;
        for (var below = counts[0]; below * 2 < total; below += counts[value])
            value++;
        return value;
    }

    /// <summary>Leaves out lines of the color, side by side, until all four sides show something.</summary>
    private static PixelArea WithoutColor(DecodedPixels image, PixelArea area, PixelColor color)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var side in s_sides)
            {
                var depth = 0;
                var most = Length(area, side) - 1;
                while (depth < most && IsOfColor(Line(image, area, side, depth), color))
                    depth++;
                area = Without(area, side, depth);
                changed |= depth > 0;
            }
        }
        return area;
    }

    private static bool IsOfColor(PixelLine line, PixelColor color)
    {
        var (sum, standing) = (0L, 0);
        for (var i = 0; i < line.Count; i++)
        {
            var distance = line[i].DistanceTo(color);
            sum += distance;
            standing += distance > StandsOut ? 1 : 0;
        }
        return sum <= MeanNoise * line.Count && standing <= line.Count * FewLenient;
    }

    /// <summary>Leaves out a shadow around something with straight edges.</summary>
    private static PixelArea WithoutShade(DecodedPixels image, PixelArea area, PixelColor color)
    {
        // Twice, because the lines of one side are shorter without the shadow of the others.
        for (var round = 0; round < 2; round++)
        {
            foreach (var side in s_sides)
                area = Without(area, side, ShadeDepth(image, area, side, color));
        }
        return area;
    }

    /// <summary>Returns how many lines of a side are shadow; 0 when they do not end at an edge.</summary>
    private static int ShadeDepth(DecodedPixels image, PixelArea area, Side side, PixelColor color)
    {
        var most = (int)(Length(area, side) * WidestShade);
        var (depth, smeared) = (0, 0);
        while (depth < most)
        {
            var (line, before) = (Line(image, area, side, depth), Line(image, area, side, Math.Max(0, depth - 1)));
            var other = 0;
            for (var i = 0; i < line.Count; i++)
            {
                var pixel = line[i];
                if (!pixel.IsShadeOf(color, DarkestShade, ShadeHue) || pixel.DistanceTo(before[i]) > SteepestShade
                    || (i > 0 && pixel.DistanceTo(line[i - 1]) > SteepestShade))
                    other++;
            }
            // The edge of something: much of the line is no shadow any more.
            if (other * 3 > line.Count)
                return depth;
            // Some of it, line after line: a product's outline, or what it throws on the floor. That shadow belongs to it.
            if (other * 50 > line.Count && ++smeared > Length(area, side) * WidestSmear)
                return 0;
            depth++;
        }
        return 0;
    }

    private static unsafe PixelLine Line(DecodedPixels image, PixelArea area, Side side, int depth)
    {
        var row = (long)image.Width * 4;
        var corner = image.Pixels + area.Y * row + area.X * 4L;
        return side switch
        {
            Side.Top => new(corner + depth * row, 4, area.Width),
            Side.Bottom => new(corner + (area.Height - 1 - depth) * row, 4, area.Width),
            Side.Left => new(corner + depth * 4L, row, area.Height),
            _ => new(corner + (area.Width - 1 - depth) * 4L, row, area.Height),
        };
    }

    private static int Length(PixelArea area, Side side) => side is Side.Top or Side.Bottom ? area.Height : area.Width;

    private static PixelArea Without(PixelArea area, Side side, int depth) => side switch
    {
        Side.Top => area with { Y = area.Y + depth, Height = area.Height - depth },
        Side.Bottom => area with { Height = area.Height - depth },
        Side.Left => area with { X = area.X + depth, Width = area.Width - depth },
        _ => area with { Width = area.Width - depth },
    };
}
