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
    /// <param name="pixels">height x stride x 4: red, green, blue, alpha, premultiplied.</param>
    /// <param name="stride">Pixels from the start of a line to that of the next.</param>
    /// <param name="width">Pixels per line.</param>
    /// <param name="height">Lines.</param>
    /// <param name="wanted">0 to 255 each.</param>
    public static unsafe RgbValues Choose(byte* pixels, int stride, int width, int height, RgbValues wanted)
    {
        var (red, green, blue) = ((int)wanted.Red, (int)wanted.Green, (int)wanted.Blue);
        long visible = 0, standingOut = 0, enough = (long)width * height * 255 / Share;
        for (var y = 0; y < height; y++)
        {
            var at = pixels + (long)y * stride * 4;
            for (var end = at + (long)width * 4; at < end; at += 4)
            {
                int alpha = at[3];
                if (alpha == 0)
                    continue;
                visible += alpha;
                // All times alpha; the last term is what rounding to premultiplied bytes can do.
                var limit = HardToSee * alpha + 255;
                if (Math.Abs(at[0] * 255 - red * alpha) <= limit && Math.Abs(at[1] * 255 - green * alpha) <= limit
                    && Math.Abs(at[2] * 255 - blue * alpha) <= limit)
                    continue;
                standingOut += alpha;
                if (standingOut > enough)
                    return wanted;
            }
        }
        if (visible == 0 || standingOut * Share >= visible)
            return wanted;
        return (wanted.Red + wanted.Green + wanted.Blue) / 3 is > 64 and < 192 ? White : Gray;
    }
}
