using SkiaSharp;

namespace ImageRec.Benchmarks;

/// <summary>A photo on a larger canvas, as shops and editors make them.</summary>
internal static class CanvasPhoto
{
    public static IReadOnlyList<string> Kinds { get; } =
        ["white", "gray", "soft shadow", "transparent", "white, off center", "white square"];

    /// <param name="photo">The photo; read when the result is.</param>
    /// <param name="kind">One of <see cref="Kinds"/>.</param>
    /// <param name="scale">How many times as large the canvas is, 1 or more; of a square one, the larger of the photo's sides.</param>
    public static ImageSource Of(ImageSource photo, string kind, double scale) => ImageSource.FromStream(
        async token => new MemoryStream(Paste((await photo.ReadAsync(cancellationToken: token)).ToArray(), kind, scale)),
        $"{photo.Name} ({kind}, {scale})");

    private static byte[] Paste(byte[] encoded, string kind, double scale)
    {
        using var bitmap = SKBitmap.Decode(encoded);
        var (width, height) = (bitmap.Width, bitmap.Height);
        var side = Math.Max(width, height);
        var info = kind == "white square"
            ? new SKImageInfo((int)(side * scale), (int)(side * scale))
            : new SKImageInfo((int)(width * scale), (int)(height * scale));
        using var surface = SKSurface.Create(info);
        var canvas = surface.Canvas;
        canvas.Clear(kind switch { "transparent" => SKColors.Transparent, "gray" => new SKColor(200, 200, 200), _ => SKColors.White });
        var middle = kind == "white, off center" ? 0.25f : 0.5f;
        var (x, y) = ((int)((info.Width - width) * middle), (int)((info.Height - height) * middle));
        if (kind == "soft shadow")
        {
            using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, side * 0.015f);
            using var shade = new SKPaint { Color = new SKColor(0, 0, 0, 110), MaskFilter = blur };
            canvas.DrawRect(x + (side * 0.01f), y + (side * 0.02f), width, height, shade);
        }
        canvas.DrawBitmap(bitmap, x, y);
        using var drawn = surface.PeekPixels();
        using var file = kind == "transparent"
            ? drawn.Encode(new SKPngEncoderOptions(SKPngEncoderFilterFlags.NoFilters, 1)) : drawn.Encode(SKEncodedImageFormat.Jpeg, 85);
        return file.ToArray();
    }
}
