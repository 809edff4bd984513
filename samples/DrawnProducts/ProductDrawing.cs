using DrawnProducts.Kinds;
using SkiaSharp;

namespace DrawnProducts;

/// <summary>Draws product pictures, so that samples and tests need no photos.</summary>
public static class ProductDrawing
{
    /// <summary>Draws one product on a light background.</summary>
    /// <param name="kind">What to draw.</param>
    /// <param name="palette">In which colors.</param>
    /// <param name="pattern">What its cloth shows.</param>
    /// <param name="variation">Seed of place, size, tilt and details: same arguments, same picture.</param>
    /// <param name="size">Width and height in pixels.</param>
    /// <param name="format">How it is encoded.</param>
    /// <returns>The encoded picture.</returns>
    public static byte[] Draw(
        ProductKind kind, Palette palette, Pattern pattern, int variation, int size = 400,
        SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg)
    {
        ArgumentNullException.ThrowIfNull(palette);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 16);
        var chance = new Random(variation);
        using var surface = SKSurface.Create(new SKImageInfo(size, size, SKColorType.Rgba8888, SKAlphaType.Premul));
        var canvas = surface.Canvas;
        canvas.Scale(size / 400f);
        Background(canvas, chance);

        canvas.Translate(200 + Spread(chance, 10), 200 + Spread(chance, 8));
        canvas.RotateDegrees(Spread(chance, Stands(kind) ? 1.2f : 4));
        canvas.Scale(Scale(chance), Scale(chance));
        if (Sided(kind) && chance.Next(2) == 0)
            canvas.Scale(-1, 1);
        canvas.Translate(-200, -200);

        using var shadow = SKImageFilter.CreateDropShadow(3, Stands(kind) ? 3 : 7, 7, 7, SKColors.Black.WithAlpha(72));
        using var layer = new SKPaint { ImageFilter = shadow };
        if (Stands(kind))
            Floor(canvas, Foot(kind));
        canvas.SaveLayer(layer);
        Draw(kind, new Easel(canvas, palette, pattern, chance));
        canvas.Restore();

        using var picture = surface.Snapshot();
        using var encoded = picture.Encode(format, 88);
        return encoded.ToArray();
    }

    private static void Draw(ProductKind kind, Easel easel)
    {
        switch (kind)
        {
            case ProductKind.Sneaker: Shoes.Sneaker(easel); break;
            case ProductKind.Boot: Shoes.Boot(easel); break;
            case ProductKind.TShirt: Tops.TShirt(easel); break;
            case ProductKind.Shirt: Tops.Shirt(easel); break;
            case ProductKind.Dress: Clothes.Dress(easel); break;
            case ProductKind.Trousers: Clothes.Trousers(easel); break;
            case ProductKind.Handbag: Bags.Handbag(easel); break;
            case ProductKind.Backpack: Bags.Backpack(easel); break;
            case ProductKind.Hat: Hats.Hat(easel); break;
            case ProductKind.Mug: Home.Mug(easel); break;
            case ProductKind.Armchair: Home.Armchair(easel); break;
            case ProductKind.Lamp: Home.Lamp(easel); break;
            default: throw new ArgumentOutOfRangeException(nameof(kind), kind, "No drawing of this kind.");
        }
    }

    private static void Background(SKCanvas canvas, Random chance)
    {
        var warm = chance.Next(5);
        var light = new SKColor((byte)(249 - warm), 248, (byte)(245 + warm));
        var dark = new SKColor((byte)(229 - warm), 228, (byte)(224 + warm));
        using var shade = SKShader.CreateRadialGradient(new(190, 170), 300, [light, dark], SKShaderTileMode.Clamp);
        using var paint = new SKPaint { Shader = shade };
        canvas.DrawPaint(paint);
    }

    /// <summary>The shadow a standing thing throws on the ground.</summary>
    private static void Floor(SKCanvas canvas, (float Y, float HalfWidth) foot)
    {
        using var blur = SKMaskFilter.CreateBlur(SKBlurStyle.Normal, 9);
        using var paint = new SKPaint { IsAntialias = true, Color = SKColors.Black.WithAlpha(80), MaskFilter = blur };
        canvas.DrawOval(206, foot.Y, foot.HalfWidth, 10, paint);
    }

    private static bool Stands(ProductKind kind) => Foot(kind).HalfWidth > 0;

    private static (float Y, float HalfWidth) Foot(ProductKind kind) => kind switch
    {
        ProductKind.Sneaker => (303, 158),
        ProductKind.Boot => (330, 140),
        ProductKind.Handbag => (330, 128),
        ProductKind.Backpack => (346, 110),
        ProductKind.Mug => (318, 92),
        ProductKind.Armchair => (344, 130),
        ProductKind.Lamp => (350, 66),
        _ => (0, 0),
    };

    private static bool Sided(ProductKind kind) => kind is ProductKind.Sneaker or ProductKind.Boot or ProductKind.Mug or ProductKind.Hat;

    private static float Scale(Random chance) => 1.06f + Spread(chance, 0.05f);

    private static float Spread(Random chance, float most) => (float)(chance.NextDouble() * 2 - 1) * most;
}
