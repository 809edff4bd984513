namespace ImageRec.Images;

/// <summary>A row or a column of a decoded image, on white where it is transparent.</summary>
/// <param name="start">First pixel: red, green, blue, alpha, premultiplied.</param>
/// <param name="step">Bytes from one pixel to the next.</param>
/// <param name="count">Pixels, 1 or more.</param>
internal readonly unsafe struct PixelLine(byte* start, long step, int count)
{
    public int Count => count;

    public PixelColor this[int i]
    {
        get
        {
            var at = start + i * step;
            var clear = 255 - at[3];
            return new(at[0] + clear, at[1] + clear, at[2] + clear, at[3]);
        }
    }
}
