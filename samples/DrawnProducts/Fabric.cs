using SkiaSharp;

namespace DrawnProducts;

/// <summary>Patterns as endlessly repeating paint.</summary>
internal static class Fabric
{
    /// <summary>A shader that repeats the pattern.</summary>
    /// <param name="pattern">Not plain.</param>
    /// <param name="palette">Main color below, second color on top.</param>
    /// <param name="scale">Size of one repeat; 1 is about a tenth of the picture.</param>
    /// <param name="turn">Rotation in degrees, so that sleeves do not continue the body.</param>
    public static SKShader Weave(Pattern pattern, Palette palette, float scale, float turn)
    {
        var tile = pattern is Pattern.Checks or Pattern.Floral ? 48f : 32f;
        using var recorder = new SKPictureRecorder();
        var bounds = SKRect.Create(tile, tile);
        var canvas = recorder.BeginRecording(bounds);
        canvas.Clear(palette.Main);
        using var paint = new SKPaint { IsAntialias = true, Color = palette.Second };
        Draw(canvas, pattern, palette, paint, tile);
        using var picture = recorder.EndRecording();
        var placed = SKMatrix.CreateRotationDegrees(turn).PreConcat(SKMatrix.CreateScale(scale, scale));
        return picture.ToShader(SKShaderTileMode.Repeat, SKShaderTileMode.Repeat, placed, bounds);
    }

    private static void Draw(SKCanvas canvas, Pattern pattern, Palette palette, SKPaint paint, float tile)
    {
        switch (pattern)
        {
            case Pattern.Stripes:
                canvas.DrawRect(0, tile * 0.3f, tile, tile * 0.4f, paint);
                break;
            case Pattern.Dots:
                canvas.DrawCircle(tile * 0.25f, tile * 0.25f, tile * 0.15f, paint);
                canvas.DrawCircle(tile * 0.75f, tile * 0.75f, tile * 0.15f, paint);
                break;
            case Pattern.Checks:
                paint.Color = palette.Trim.WithAlpha(120);
                canvas.DrawRect(0, 0, tile, tile * 0.42f, paint);
                canvas.DrawRect(0, 0, tile * 0.42f, tile, paint);
                paint.Color = palette.Second.WithAlpha(190);
                canvas.DrawRect(0, tile * 0.68f, tile, tile * 0.07f, paint);
                canvas.DrawRect(tile * 0.68f, 0, tile * 0.07f, tile, paint);
                break;
            case Pattern.Zigzag:
                paint.Style = SKPaintStyle.Stroke;
                paint.StrokeWidth = tile * 0.22f;
                using (var zigzag = SKPath.ParseSvgPathData("M-8,32 L0,24 L16,8 L32,24 L40,32"))
                    canvas.DrawPath(zigzag, paint);
                break;
            case Pattern.Floral:
                Flower(canvas, paint, palette, 13, 13, 6.2f);
                Flower(canvas, paint, palette, 37, 36, 5.2f);
                Leaf(canvas, paint, palette, 33, 9, 40);
                Leaf(canvas, paint, palette, 11, 37, -30);
                break;
        }
    }

    private static void Flower(SKCanvas canvas, SKPaint paint, Palette palette, float x, float y, float petal)
    {
        paint.Color = palette.Second;
        for (var i = 0; i < 5; i++)
        {
            var (sin, cos) = MathF.SinCos(i * MathF.Tau / 5);
            canvas.DrawCircle(x + cos * petal * 0.95f, y + sin * petal * 0.95f, petal * 0.72f, paint);
        }
        paint.Color = palette.Trim.WithAlpha(210);
        canvas.DrawCircle(x, y, petal * 0.48f, paint);
    }

    private static void Leaf(SKCanvas canvas, SKPaint paint, Palette palette, float x, float y, float turn)
    {
        paint.Color = palette.Trim.WithAlpha(150);
        canvas.Save();
        canvas.Translate(x, y);
        canvas.RotateDegrees(turn);
        using var leaf = SKPath.ParseSvgPathData("M-8,0 C-4,-5 4,-5 8,0 C4,5 -4,5 -8,0 Z");
        canvas.DrawPath(leaf, paint);
        canvas.Restore();
    }
}
