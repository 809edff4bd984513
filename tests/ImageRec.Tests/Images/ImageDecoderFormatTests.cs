using System.Runtime.InteropServices;
using ImageRec.Contracts;
using SkiaSharp;

namespace ImageRec.Tests.Images;

public sealed class ImageDecoderFormatTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Decode_PictureOfOneColor_GivesThatColor(SKEncodedImageFormat format)
    {
        var picture = PictureFiles.Encode(format, 50, 40, (_, _) => new(200, 100, 50), quality: 100);

        DecodedPicture.Of(picture, 16, 16).AssertUniform(200, 100, 50, tolerance: 3);
    }

    [Fact]
    public void Decode_Bmp_GivesItsColors()
    {
        var picture = DecodedPicture.Of(SamplePictures.Bmp(2, 2, (x, y) => ((byte)(x * 200), (byte)(y * 100), 7)), 2, 2);

        picture.AssertColor(0, 0, 0, 0, 7);
        picture.AssertColor(1, 0, 200, 0, 7);
        picture.AssertColor(0, 1, 0, 100, 7);
    }

    [Fact]
    public void Decode_AnimatedGif_GivesTheFirstFrame() => DecodedPicture.Of(PictureFiles.AnimatedGif, 5, 5).AssertUniform(200, 30, 10);

    [Fact]
    public void Decode_OnePixel_FillsTheTarget() => DecodedPicture.Of(PictureFiles.OnePixelGif, 9, 7).AssertUniform(200, 30, 10);

    [Fact]
    public void Decode_SixteenBitGray_GivesThreeEqualColors() =>
        DecodedPicture.Of(PictureFiles.Png(2, 1, 16, 0, [0, 90, 0, 90, 0]), 4, 4).AssertUniform(90, 90, 90);

    [Fact]
    public void Decode_BytesBehindTheEnd_AreIgnored()
    {
        foreach (var format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
        {
            var picture = PictureFiles.Encode(format, 50, 40, (x, y) => new((byte)(x * 5), (byte)(y * 6), 50));

            Assert.Equal(DecodedPicture.Of(picture, 16, 16).Values,
                DecodedPicture.Of([.. picture, .. "SEFT and more"u8, 0xFF, 0xD8, 0xFF, 0], 16, 16).Values);
        }
    }

    [Fact]
    public void Decode_CmykJpeg_ConvertsIt() => DecodedPicture.Of(PictureFiles.CmykJpeg, 8, 8).AssertUniform(254, 0, 0, tolerance: 3);

    [Fact]
    public void Decode_GrayPng_GivesThreeEqualColors() =>
        DecodedPicture.Of(PictureFiles.Png(2, 1, 8, 0, [0, 90, 90]), 4, 4).AssertUniform(90, 90, 90);

    [Fact]
    public void Decode_GrayJpeg_GivesThreeEqualColors()
    {
        using var bitmap = new SKBitmap(32, 32, SKColorType.Gray8, SKAlphaType.Opaque);
        bitmap.Erase(new(90, 90, 90));
        using var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 95);

        DecodedPicture.Of(jpeg.ToArray(), 4, 4).AssertUniform(90, 90, 90, tolerance: 2);
    }

    [Fact]
    public void Decode_PalettePng_GivesItsColors()
    {
        var picture = DecodedPicture.Of(PictureFiles.Png(2, 1, 8, 3, [0, 0, 1], palette: [10, 20, 30, 200, 150, 100]), 2, 1);

        picture.AssertColor(0, 0, 10, 20, 30);
        picture.AssertColor(1, 0, 200, 150, 100);
    }

    [Fact]
    public void Decode_SixteenBitsWithAlpha_CompositesOnWhite()
    {
        byte[] halfRed = [0xFF, 0xFF, 0, 0, 0, 0, 0x80, 0x00];
        byte[] clear = [0, 0, 0, 0, 0, 0, 0, 0];
        var picture = DecodedPicture.Of(PictureFiles.Png(2, 1, 16, 6, [0, .. halfRed, .. clear]), 2, 1);

        picture.AssertColor(0, 0, 255, 127, 127);
        picture.AssertColor(1, 0, 255, 255, 255);
    }

    [Fact]
    public void Decode_GrayWithAlpha_CompositesOnWhite() =>
        DecodedPicture.Of(PictureFiles.Png(1, 1, 8, 4, [0, 0, 51]), 3, 3).AssertUniform(204, 204, 204);

    [Fact]
    public void Decode_TransparentEdgeShrunk_DoesNotBleedHiddenColor()
    {
        // Green that cannot be seen beside red that can: red and white alone are averaged.
        var picture = DecodedPicture.Of(
            PictureFiles.Encode(SKEncodedImageFormat.Png, 8, 8, (x, _) => x % 2 == 0 ? new(0, 255, 0, 0) : new(255, 55, 55, 255)), 2, 2);

        Assert.Equal(255, picture[0, 0].Red);
        Assert.Equal(picture[0, 0].Blue, picture[0, 0].Green);
        Assert.InRange(picture[0, 0].Green, 140, 170);
    }

    [Fact]
    public void Decode_DisplayP3Profile_ConvertsToSrgb()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(
            8, 8, SKColorType.Rgba8888, SKAlphaType.Opaque,
            SKColorSpace.CreateRgb(SKColorSpaceTransferFn.Srgb, SKColorSpaceXyz.DisplayP3)));
        byte[] pixels = [.. Enumerable.Repeat<byte[]>([150, 100, 100, 255], 64).SelectMany(pixel => pixel)];
        Marshal.Copy(pixels, 0, bitmap.GetPixels(), pixels.Length);
        using var png = bitmap.Encode(SKEncodedImageFormat.Png, 100);

        // Reds of P3 are stronger than those of sRGB.
        Assert.True(DecodedPicture.Of(png.ToArray(), 2, 2)[0, 0].Red > 153);
    }
}
