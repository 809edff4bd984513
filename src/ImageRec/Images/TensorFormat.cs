using static System.FormattableString;

namespace ImageRec.Images;

/// <summary>
/// Describes how a decoded image is laid out as the input of a network: value = color (0 to 255) x factor + offset, per channel.
/// </summary>
/// <param name="Width">Columns, 1 or more.</param>
/// <param name="Height">Rows, 1 or more.</param>
/// <param name="Fit">How images of another shape are fitted.</param>
/// <param name="BlueFirst">Blue, green, red instead of red, green, blue.</param>
/// <param name="Interleaved">Height x width x 3 instead of 3 x height x width.</param>
/// <param name="Factor">For red, green, blue.</param>
/// <param name="Offset">For red, green, blue.</param>
internal sealed record TensorFormat(
    int Width, int Height, ImageFit Fit, bool BlueFirst, bool Interleaved, RgbValues Factor, RgbValues Offset)
{
    public int Length => Width * Height * 3;

    /// <summary>
    /// Gets what transparent and empty parts show, 0 to 255 each. Not public, so that the record's text, which is part of old fingerprints,
    /// does not change.
    /// </summary>
    internal RgbValues Background { get; init; } = Backdrop.White;

    /// <summary>Gets whether margins of one color are left out. Not public either.</summary>
    internal bool TrimMargins { get; init; }

    /// <summary>Gets what fingerprints say of margins: nothing where they are seen.</summary>
    internal string MarginsName => TrimMargins ? $" {Margins.Version}" : "";

    /// <summary>Gets what fingerprints say of the background: nothing of white.</summary>
    internal string BackgroundName =>
        Background.IsSameAs(Backdrop.White) ? "" : Invariant($" on {Background.Red} {Background.Green} {Background.Blue}");

    /// <summary>
    /// Writes a resized image into the tensor, turned as its orientation says; the rest of the tensor shows the background.
    /// </summary>
    /// <param name="pixels">height x width x 4: red, green, blue, alpha, premultiplied, 0 to 255, possibly a little beyond.</param>
    /// <param name="width">Columns before turning.</param>
    /// <param name="height">Rows before turning.</param>
    /// <param name="orientation">Which way is up.</param>
    /// <param name="tensor"><see cref="Length"/> values, all overwritten.</param>
    /// <param name="background">What this image is laid on; null for <see cref="Background"/>.</param>
    public void Write(
        ReadOnlySpan<float> pixels, int width, int height, Orientation orientation, Span<float> tensor, RgbValues? background = null)
    {
        var under = background ?? Background;
        // Exactly 1 for white.
        var (underRed, underGreen, underBlue) = (under.Red / 255, under.Green / 255, under.Blue / 255);
        var (turnedWidth, turnedHeight) = orientation.SwapsAxes ? (height, width) : (width, height);
        var (left, top) = ((Width - turnedWidth) / 2, (Height - turnedHeight) / 2);
        var (red, green, blue, pixelStep) = Places();
        if (turnedWidth < Width || turnedHeight < Height)
            Fill(tensor, under);
        for (var y = 0; y < height; y++)
        {
            var (startX, startY, stepX, stepY) = orientation.Line(y, width, height);
            var at = ((top + startY) * Width + left + startX) * pixelStep;
            var step = (stepY * Width + stepX) * pixelStep;
            var line = pixels.Slice(y * width * 4, width * 4);
            for (var x = 0; x < line.Length; x += 4, at += step)
            {
                var clear = 255 - line[x + 3];
                tensor[red + at] = Math.Clamp(line[x] + clear * underRed, 0, 255) * Factor.Red + Offset.Red;
                tensor[green + at] = Math.Clamp(line[x + 1] + clear * underGreen, 0, 255) * Factor.Green + Offset.Green;
                tensor[blue + at] = Math.Clamp(line[x + 2] + clear * underBlue, 0, 255) * Factor.Blue + Offset.Blue;
            }
        }
    }

    private void Fill(Span<float> tensor, RgbValues color)
    {
        var (red, green, blue, pixelStep) = Places();
        for (var at = 0; at < Width * Height * pixelStep; at += pixelStep)
        {
            tensor[red + at] = color.Red * Factor.Red + Offset.Red;
            tensor[green + at] = color.Green * Factor.Green + Offset.Green;
            tensor[blue + at] = color.Blue * Factor.Blue + Offset.Blue;
        }
    }

    private (int Red, int Green, int Blue, int PixelStep) Places()
    {
        var plane = Interleaved ? 1 : Width * Height;
        return (BlueFirst ? 2 * plane : 0, plane, BlueFirst ? 0 : 2 * plane, Interleaved ? 3 : 1);
    }
}
