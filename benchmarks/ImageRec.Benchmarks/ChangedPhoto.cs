using SkiaSharp;

namespace ImageRec.Benchmarks;

/// <summary>A photo as it might be taken a second time: cropped, lit and compressed a little differently.</summary>
internal static class ChangedPhoto
{
    private const float MostCropped = 0.05f;

    /// <param name="photo">The photo; read when the result is.</param>
    /// <param name="seed">Same seed, same changes.</param>
    public static ImageSource Of(ImageSource photo, int seed) => ImageSource.FromStream(
        async token => new MemoryStream(Change((await photo.ReadAsync(cancellationToken: token)).ToArray(), new Random(seed))),
        $"{photo.Name} (changed {seed})");

    private static byte[] Change(byte[] encoded, Random random)
    {
        using var bitmap = SKBitmap.Decode(encoded);
        float Cropped() => random.NextSingle() * MostCropped;
        var kept = new SKRect(bitmap.Width * Cropped(), bitmap.Height * Cropped(), bitmap.Width * (1 - Cropped()),
            bitmap.Height * (1 - Cropped()));
        var info = new SKImageInfo((int)kept.Width, (int)kept.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        var (light, shift) = (0.88f + (random.NextSingle() * 0.24f), (random.NextSingle() - 0.5f) * 0.06f);
        using var filter = SKColorFilter.CreateColorMatrix(
            [light, 0, 0, 0, shift, 0, light, 0, 0, shift, 0, 0, light, 0, shift, 0, 0, 0, 1, 0]);
        using var paint = new SKPaint { ColorFilter = filter, FilterQuality = SKFilterQuality.Medium };
        using var surface = SKSurface.Create(info);
        using var image = SKImage.FromBitmap(bitmap);
        surface.Canvas.DrawImage(image, kept, new SKRect(0, 0, info.Width, info.Height), paint);
        using var drawn = surface.Snapshot();
        using var jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, random.Next(60, 93));
        return jpeg.ToArray();
    }
}
