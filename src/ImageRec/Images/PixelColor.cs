namespace ImageRec.Images;

/// <summary>The color of a pixel on white, 0 to 255 each, and how opaque it is.</summary>
internal readonly record struct PixelColor(int Red, int Green, int Blue, int Alpha)
{
    /// <summary>Returns the largest difference of a channel.</summary>
    public int DistanceTo(PixelColor other) => Math.Max(
        Math.Max(Math.Abs(Red - other.Red), Math.Abs(Green - other.Green)),
        Math.Max(Math.Abs(Blue - other.Blue), Math.Abs(Alpha - other.Alpha)));

    /// <summary>Returns whether this is another color in the shade: darker, and of the same hue.</summary>
    /// <param name="lit">The color without the shade.</param>
    /// <param name="darkest">The share of light that is left at least.</param>
    /// <param name="tolerance">Levels that hue may be off by.</param>
    public bool IsShadeOf(PixelColor lit, double darkest, int tolerance)
    {
        var share = (Red + Green + Blue) / Math.Max(1.0, lit.Red + lit.Green + lit.Blue);
        return share >= darkest && share <= 1.03 && Math.Abs(Red - share * lit.Red) <= tolerance
            && Math.Abs(Green - share * lit.Green) <= tolerance && Math.Abs(Blue - share * lit.Blue) <= tolerance;
    }
}
