using SkiaSharp;

namespace ImageRec.Tests.Images;

public sealed class ImageDecoderUnreadableTests
{
    private static readonly byte[] s_photo =
        PictureFiles.Encode(SKEncodedImageFormat.Jpeg, 400, 300, (x, y) => new((byte)(x * y), (byte)(x + (y * 3)), (byte)((x * 7) ^ y)));

    [Theory]
    [InlineData("Hello, I am a text file.", "text file (it begins with \"Hello, I am a text file.\"")]
    [InlineData("<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "SVG")]
    [InlineData("%PDF-1.7 and more bytes", "PDF")]
    [InlineData("\0\0\0\u0018ftypheic\0\0\0\0mif1heic", "HEIC")]
    [InlineData("\0\0\0\u0018ftypavif\0\0\0\0mif1avif", "AVIF")]
    [InlineData("II*\0\u0008\0\0\0 and more", "TIFF")]
    [InlineData("\u0001\u0002\u0003\u0004", "not a picture")]
    public void Decode_NotAPicture_SaysWhatItIsAndWhatIsRead(string content, string reason)
    {
        var error = Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(System.Text.Encoding.Latin1.GetBytes(content), 8, 8));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("JPEG, PNG, WebP, GIF and BMP", error.Message, StringComparison.Ordinal);
        Assert.Contains("'picture'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.99)]
    [InlineData(0.9)]
    [InlineData(0.5)]
    [InlineData(0.2)]
    [InlineData(0.05)]
    [InlineData(0.001)]
    public void Decode_TruncatedJpeg_IsUnreadable(double kept)
    {
        var cut = s_photo[..Math.Max(2, (int)(s_photo.Length * kept))];

        Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(cut, 100, 100));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void Decode_TruncatedFile_IsUnreadable(SKEncodedImageFormat format)
    {
        var picture = PictureFiles.Encode(format, 64, 64, (x, y) => new((byte)(x * y), (byte)(x + y), (byte)x));

        Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(picture[..(picture.Length / 2)], 16, 16));
    }

    [Fact]
    public void Decode_EveryPrefixOfAFile_IsReadOrUnreadable()
    {
        var png = PictureFiles.Encode(SKEncodedImageFormat.Png, 9, 9, (x, y) => new((byte)(x * 20), (byte)(y * 20), 3));
        foreach (var file in new[] { png, PictureFiles.AnimatedGif, PictureFiles.CmykJpeg })
        {
            for (var length = 0; length < file.Length; length++)
                Record.Exception(() => DecodedPicture.Of(file[..length], 4, 4)).AssertNullOrUnreadable();
        }
    }

    [Fact]
    public void Decode_DamagedBytes_IsReadOrUnreadable()
    {
        var random = new Random(1);
        for (var round = 0; round < 300; round++)
        {
            var damaged = s_photo.ToArray();
            for (var i = 0; i < 10; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            Record.Exception(() => DecodedPicture.Of(damaged, 50, 50)).AssertNullOrUnreadable();
        }
    }

    [Fact]
    public void Decode_HeaderClaimingGigapixels_IsRefusedBeforeDecoding()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<UnreadableImageException>(
            () => DecodedPicture.Of(PictureFiles.Png(60_000, 60_000, 8, 6, [0, 0, 0, 0, 0]), 8, 8));

        Assert.Contains("60,000 x 60,000 pixels; at most 100,000,000", error.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
    }

    [Fact]
    public void Decode_SmallFileOfManyPixels_IsRefusedBeyondTheLimitAndReadWithin()
    {
        // 4 megapixels of nothing in a few kilobytes.
        var bomb = PictureFiles.Png(2000, 2000, 1, 0, new byte[2000 * 251]);

        Assert.True(bomb.Length < 5000);
        Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(bomb, 8, 8, limits: new() { MaxPixels = 3_999_999 }));
        DecodedPicture.Of(bomb, 8, 8, limits: new() { MaxPixels = 4_000_000 }).AssertUniform(0, 0, 0);
    }

    [Fact]
    public void Decode_MoreThanSixteenMegapixels_IsReadOneAtATime()
    {
        var large = PictureFiles.Png(4200, 4000, 1, 0,
            [.. Enumerable.Repeat<byte[]>([0, .. Enumerable.Repeat((byte)0xFF, 525)], 4000).SelectMany(line => line)]);

        Parallel.For(0, 3, _ => DecodedPicture.Of(large, 8, 8).AssertUniform(255, 255, 255));
    }

    [Fact]
    public void Decode_SideLongerThanAnyFormatNeeds_IsRefused()
    {
        var error = Assert.Throws<UnreadableImageException>(
            () => DecodedPicture.Of(PictureFiles.Png(70_000, 1, 1, 0, new byte[8751]), 8, 8));

        Assert.Contains("65,535", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_MoreBytesThanTheLimit_IsRefused()
    {
        var error = Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(s_photo, 8, 8, limits: new() { MaxBytes = 1000 }));

        Assert.Contains("at most 1,000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_NoBytes_IsUnreadable() => Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of([], 8, 8));
}
