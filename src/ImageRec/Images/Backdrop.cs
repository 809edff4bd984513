namespace ImageRec.Images;

/// <summary>Chooses the background of transparent images.</summary>
internal static class Backdrop
{
    // Differences of color of up to so many levels of 255 are hard to see.
    private const int HardToSee = 16;
    // Less than 1 of so many parts of what is visible stands out: the image cannot be made out.
    private const int Share = 200;

    public static RgbValues White { get; } = RgbValues.All(255);

    private static RgbValues Gray { get; } = RgbValues.All(128);

    /// <summary>
    /// Returns the wanted color, or another when nothing in the image would stand out from it, as with white art made for dark pages:
    /// middle gray then, or white when the wanted color is itself near gray. The same pixels always get the same answer.
    /// </summary>
    /// <param name="pixels">count x 4: red, green, blue, alpha, premultiplied.</param>
    /// <param name="count">Number of pixels.</param>
    /// <param name="wanted">0 to 255 each.</param>
    public static unsafe RgbValues Choose(byte* pixels, long count, RgbValues wanted)
    {
        var (red, green, blue) = ((int)wanted.Red, (int)wanted.Green, (int)wanted.Blue);
        long visible = 0, standingOut = 0, enough = count * 255 / Share;
        for (var end = pixels + count * 4; pixels < end; pixels += 4)
        {
            int alpha = pixels[3];
            if (alpha == 0)
                continue;
            visible += alpha;
            // All times alpha; the last term is what rounding to premultiplied bytes can do.
            var limit = HardToSee * alpha + 255;
            if (Math.Abs(pixels[0] * 255 - red * alpha) <= limit && Math.Abs(pixels[1] * 255 - green * alpha) <= limit
                && Math.Abs(pixels[2] * 255 - blue * alpha) <= limit)
                continue;
            standingOut += alpha;
            if (standingOut > enough)
                return wanted;
        }
        if (visible == 0 || standingOut * Share >= visible)
            return wanted;
        return (wanted.Red + wanted.Green + wanted.Blue) / 3 is > 64 and < 192 ? White : Gray;
    }
}
