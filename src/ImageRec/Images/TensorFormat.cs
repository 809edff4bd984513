namespace ImageRec;

/// <summary>How a decoded picture is laid out as the input of a network: number = colour (0 to 255) x factor + offset, per channel.</summary>
/// <param name="Width">Columns, 1 or more.</param>
/// <param name="Height">Rows, 1 or more.</param>
/// <param name="Fit">How pictures of another shape are fitted.</param>
/// <param name="BlueFirst">Blue, green, red instead of red, green, blue.</param>
/// <param name="Interleaved">Height x width x 3 instead of 3 x height x width.</param>
/// <param name="Factor">For red, green, blue.</param>
/// <param name="Offset">For red, green, blue.</param>
internal sealed record TensorFormat(int Width, int Height, ImageFit Fit, bool BlueFirst, bool Interleaved, RgbValues Factor, RgbValues Offset)
{
    public int Length => Width * Height * 3;

    /// <summary>Places a resized picture into the tensor, turned as its orientation says; the rest of the tensor is white.</summary>
    /// <param name="pixels">height x width x 4: red, green, blue, alpha, premultiplied, 0 to 255, possibly a little beyond.</param>
    /// <param name="width">Columns before turning.</param>
    /// <param name="height">Rows before turning.</param>
    /// <param name="orientation">Which way is up.</param>
    /// <param name="tensor"><see cref="Length"/> numbers, all overwritten.</param>
    public void Write(ReadOnlySpan<float> pixels, int width, int height, Orientation orientation, Span<float> tensor)
    {
        var (turnedWidth, turnedHeight) = orientation.SwapsAxes ? (height, width) : (width, height);
        var (left, top) = ((Width - turnedWidth) / 2, (Height - turnedHeight) / 2);
        var (red, green, blue, pixelStep) = Places();
        if (turnedWidth < Width || turnedHeight < Height)
            FillWhite(tensor);
        for (var y = 0; y < height; y++)
        {
            var (startX, startY, stepX, stepY) = orientation.Line(y, width, height);
            var at = ((top + startY) * Width + left + startX) * pixelStep;
            var step = (stepY * Width + stepX) * pixelStep;
            var line = pixels.Slice(y * width * 4, width * 4);
            for (var x = 0; x < line.Length; x += 4, at += step)
            {
                var white = 255 - line[x + 3];
                tensor[red + at] = Math.Clamp(line[x] + white, 0, 255) * Factor.Red + Offset.Red;
                tensor[green + at] = Math.Clamp(line[x + 1] + white, 0, 255) * Factor.Green + Offset.Green;
                tensor[blue + at] = Math.Clamp(line[x + 2] + white, 0, 255) * Factor.Blue + Offset.Blue;
            }
        }
    }

    private void FillWhite(Span<float> tensor)
    {
        var (red, green, blue, pixelStep) = Places();
        for (var at = 0; at < Width * Height * pixelStep; at += pixelStep)
        {
            tensor[red + at] = 255 * Factor.Red + Offset.Red;
            tensor[green + at] = 255 * Factor.Green + Offset.Green;
            tensor[blue + at] = 255 * Factor.Blue + Offset.Blue;
        }
    }

    private (int Red, int Green, int Blue, int PixelStep) Places()
    {
        var plane = Interleaved ? 1 : Width * Height;
        return (BlueFirst ? 2 * plane : 0, plane, BlueFirst ? 0 : 2 * plane, Interleaved ? 3 : 1);
    }
}
