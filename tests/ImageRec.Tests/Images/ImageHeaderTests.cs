using ImageRec.Images;
using SkiaSharp;

namespace ImageRec.Tests.Images;

public sealed class ImageHeaderTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Read_Picture_GivesItsSizeAsStored(SKEncodedImageFormat format)
    {
        var header = ImageHeader.Read(PictureFiles.Encode(format, 50, 40, (_, _) => SKColors.Red), out var isCutOff);
        Assert.Equal(new ImageHeader(50, 40), header);
        Assert.False(isCutOff);
    }

    [Fact]
    public void Read_HeaderClaimingGigapixels_SaysSo() =>
        Assert.Equal(new ImageHeader(60_000, 60_000), ImageHeader.Read(PictureFiles.Png(60_000, 60_000, 8, 6, [0, 0, 0, 0, 0]), out _));

    [Fact]
    public void Read_PictureThatEndsInItsHeader_IsCutOff()
    {
        Assert.Null(ImageHeader.Read(PictureFiles.Encode(SKEncodedImageFormat.Webp, 50, 40, (_, _) => SKColors.Red).AsSpan(0, 20),
            out var isCutOff));
        Assert.True(isCutOff);
    }

    [Theory]
    [InlineData("Hello, I am a text file.")]
    [InlineData("%PDF-1.7 and more bytes")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic")]
    [InlineData("")]
    public void Read_NotAPicture_IsNotCutOff(string content)
    {
        Assert.Null(ImageHeader.Read(System.Text.Encoding.Latin1.GetBytes(content), out var isCutOff));
        Assert.False(isCutOff);
    }
}
