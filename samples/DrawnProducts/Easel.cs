using SkiaSharp;

namespace DrawnProducts;

/// <summary>
/// What the drawings are drawn with: shapes with volume, seams, folds and shine, on a 400 x 400 field lit from the upper left.
/// </summary>
/// <param name="canvas">Drawn on.</param>
/// <param name="palette">The product's colors.</param>
/// <param name="pattern">What its cloth shows.</param>
/// <param name="chance">The product's own random choices.</param>
internal sealed class Easel(SKCanvas canvas, Palette palette, Pattern pattern, Random chance)
{
    public static readonly SKColor Steel = new(0xFFB9BDC4);
    public static readonly SKColor Brass = new(0xFFCBA35A);
    public static readonly SKColor Wood = new(0xFFA9764A);
    public static readonly SKColor Rubber = new(0xFFF4F2EC);

    private readonly float _weave = 0.8f + 0.35f * (float)chance.NextDouble();
    private readonly float _turn = pattern is Pattern.Stripes && chance.Next(2) == 0 ? 90 : 0;

    public Palette Palette => palette;

    /// <summary>True in about the given share of products.</summary>
    public bool Sometimes(double share = 0.5) => chance.NextDouble() < share;

    /// <summary>A shape of the product's own material: pattern, volume, edge.</summary>
    /// <param name="svg">Path data.</param>
    /// <param name="turn">How the material lies, in degrees.</param>
    /// <param name="lift">Positive lightens, negative darkens, -1 to 1.</param>
    public void Cloth(string svg, float turn = 0, float lift = 0)
    {
        using var shape = SKPath.ParseSvgPathData(svg);
        using var paint = new SKPaint { IsAntialias = true, Color = palette.Main };
        if (pattern is not Pattern.Plain)
            paint.Shader = Fabric.Weave(pattern, palette, _weave, turn + _turn);
        canvas.DrawPath(shape, paint);
        paint.Shader?.Dispose();
        if (lift != 0)
            Fill(shape, lift > 0 ? SKColors.White.WithAlpha((byte)(lift * 255)) : SKColors.Black.WithAlpha((byte)(-lift * 255)));
        Volume(shape);
        Edge(shape, palette.Trim.WithAlpha(120));
    }

    /// <summary>A shape of one color, with volume.</summary>
    public void Solid(string svg, SKColor color)
    {
        using var shape = SKPath.ParseSvgPathData(svg);
        Fill(shape, color);
        Volume(shape);
        Edge(shape, Darker(color, 0.45f).WithAlpha(120));
    }

    /// <summary>A flat shape, for openings and shadows between parts.</summary>
    public void Flat(string svg, SKColor color)
    {
        using var shape = SKPath.ParseSvgPathData(svg);
        Fill(shape, color);
    }

    /// <summary>A round line, such as a strap or a lace, with a lit upper edge.</summary>
    public void Strap(string svg, SKColor color, float width)
    {
        Line(svg, Darker(color, 0.6f), width);
        Line(svg, color, width * 0.82f);
        canvas.Save();
        canvas.Translate(-width * 0.12f, -width * 0.14f);
        Line(svg, SKColors.White.WithAlpha(60), width * 0.28f);
        canvas.Restore();
    }

    /// <summary>A line.</summary>
    public void Line(string svg, SKColor color, float width)
    {
        using var shape = SKPath.ParseSvgPathData(svg);
        using var paint = Stroke(color, width);
        canvas.DrawPath(shape, paint);
    }

    /// <summary>A stitched seam.</summary>
    public void Stitches(string svg, SKColor? color = null)
    {
        using var shape = SKPath.ParseSvgPathData(svg);
        using var dashes = SKPathEffect.CreateDash([5, 3.4f], 0);
        using var paint = Stroke(color ?? palette.Trim.WithAlpha(150), 1.5f);
        paint.PathEffect = dashes;
        canvas.DrawPath(shape, paint);
    }

    /// <summary>A soft fold: shade on one side, light on the other.</summary>
    public void Fold(string svg, float width = 9, byte strength = 46)
    {
        using var shape = SKPath.ParseSvgPathData(svg);
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, width * 0.5f);
        using var paint = Stroke(SKColors.Black.WithAlpha(strength), width);
        paint.MaskFilter = blur;
        canvas.DrawPath(shape, paint);
        canvas.Save();
        canvas.Translate(-width * 0.8f, -2);
        paint.Color = SKColors.White.WithAlpha((byte)(strength * 0.8f));
        canvas.DrawPath(shape, paint);
        canvas.Restore();
    }

    /// <summary>A blurred light, such as the reflection on glaze or leather.</summary>
    public void Shine(string svg, byte strength = 90, float blurred = 5)
    {
        using var shape = SKPath.ParseSvgPathData(svg);
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blurred);
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.White.WithAlpha(strength), MaskFilter = blur };
        canvas.DrawPath(shape, paint);
    }

    /// <summary>A blurred dark spot, such as the shade a flap throws.</summary>
    public void Shade(string svg, byte strength = 70, float blurred = 6)
    {
        using var shape = SKPath.ParseSvgPathData(svg);
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, blurred);
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.Black.WithAlpha(strength), MaskFilter = blur };
        canvas.DrawPath(shape, paint);
    }

    /// <summary>A small round part, such as a button, an eyelet or a rivet.</summary>
    public void Button(float x, float y, float radius, SKColor color)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.Black.WithAlpha(70) };
        canvas.DrawCircle(x + 0.8f, y + 1.2f, radius + 0.4f, paint);
        paint.Color = color;
        canvas.DrawCircle(x, y, radius, paint);
        paint.Color = SKColors.White.WithAlpha(110);
        canvas.DrawCircle(x - radius * 0.3f, y - radius * 0.3f, radius * 0.4f, paint);
    }

    /// <summary>Keeps what <paramref name="draw"/> draws inside a shape.</summary>
    public void Inside(string svg, Action draw)
    {
        using var shape = SKPath.ParseSvgPathData(svg);
        canvas.Save();
        canvas.ClipPath(shape, antialias: true);
        draw();
        canvas.Restore();
    }

    /// <summary>Draws with the field moved, in its own units.</summary>
    public void Moved(float x, float y, Action draw)
    {
        canvas.Save();
        canvas.Translate(x, y);
        draw();
        canvas.Restore();
    }

    public static SKColor Darker(SKColor color, float share) =>
        new((byte)(color.Red * share), (byte)(color.Green * share), (byte)(color.Blue * share), color.Alpha);

    private void Fill(SKPath shape, SKColor color)
    {
        using var paint = new SKPaint { IsAntialias = true, Color = color };
        canvas.DrawPath(shape, paint);
    }

    /// <summary>Light from the upper left, shade at the lower right edge.</summary>
    private void Volume(SKPath shape)
    {
        var bounds = shape.Bounds;
        using var light = SKShader.CreateLinearGradient(
            new(bounds.Left, bounds.Top), new(bounds.Left + bounds.Width * 0.9f, bounds.Bottom),
            [SKColors.White.WithAlpha(52), SKColors.White.WithAlpha(0), SKColors.Black.WithAlpha(58)], [0, 0.45f, 1],
            SKShaderTileMode.Clamp);
        using var over = new SKPaint { IsAntialias = true, Shader = light };
        canvas.DrawPath(shape, over);

        var soft = Math.Clamp(MathF.Min(bounds.Width, bounds.Height) * 0.06f, 1.2f, 9);
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, soft);
        using var rim = Stroke(SKColors.Black.WithAlpha(70), soft * 1.8f);
        rim.MaskFilter = blur;
        canvas.Save();
        canvas.ClipPath(shape, antialias: true);
        canvas.Translate(soft * 0.45f, soft * 0.45f);
        canvas.DrawPath(shape, rim);
        canvas.Restore();
    }

    private void Edge(SKPath shape, SKColor color)
    {
        using var paint = Stroke(color, 1.3f);
        canvas.DrawPath(shape, paint);
    }

    private static SKPaint Stroke(SKColor color, float width) => new()
    {
        IsAntialias = true,
        IsStroke = true,
        Color = color,
        StrokeWidth = width,
        StrokeCap = SKStrokeCap.Round,
        StrokeJoin = SKStrokeJoin.Round,
    };
}
