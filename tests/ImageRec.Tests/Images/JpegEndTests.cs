using SkiaSharp;

namespace ImageRec.Tests.Images;

/// <summary>JPEG files without their end, and kinds of JPEG that are not read.</summary>
public sealed class JpegEndTests
{
    private static readonly byte[] s_photo =
        PictureFiles.Encode(SKEncodedImageFormat.Jpeg, 400, 300, (x, y) => new((byte)(x * y), (byte)(x + (y * 3)), (byte)((x * 7) ^ y)));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Decode_OnlyTheEndMarkerMissing_GivesTheWholePicture(int missing)
    {
        foreach (var side in new[] { 16, 128, 400 })
            Assert.Equal(DecodedPicture.Of(s_photo, side, side).Values, DecodedPicture.Of(s_photo[..^missing], side, side).Values);
    }

    [Theory]
    [InlineData(8)]
    [InlineData(40)]
    [InlineData(1000)]
    [InlineData(10_000)]
    public void Decode_MoreThanTheEndMarkerMissing_IsUnreadableAndSaysWhy(int missing)
    {
        var error = Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(s_photo[..^missing], 400, 300));
        Assert.Contains("cut off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_CutAnywhere_IsUnreadableAtEverySize()
    {
        for (var kept = 700; kept < s_photo.Length - 300; kept += 7919)
        {
            foreach (var side in new[] { 8, 64, 128 })
                Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(s_photo[..kept], side, side));
        }
    }

    [Fact]
    public void Decode_CutAtARestartMarker_IsUnreadable()
    {
        var cuts = 0;
        for (var at = 0; at < PictureFiles.RestartJpeg.Length - 1; at++)
        {
            if (PictureFiles.RestartJpeg[at] != 0xFF || PictureFiles.RestartJpeg[at + 1] is < 0xD0 or > 0xD7)
                continue;
            cuts++;
            foreach (var kept in new[] { at, at + 1, at + 2 })
                Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(PictureFiles.RestartJpeg[..kept], 4, 4));
        }
        Assert.True(cuts > 5);
        Assert.Equal(DecodedPicture.Of(PictureFiles.RestartJpeg, 8, 8).Values,
            DecodedPicture.Of(PictureFiles.RestartJpeg[..^2], 8, 8).Values);
    }

    [Theory]
    [InlineData("noeoi.jpg", null)]
    [InlineData("cut95.jpg", "ends before its last line: the Jpeg file is cut off")]
    [InlineData("progcut70.jpg", "ends before its last line: the Jpeg file is cut off")]
    [InlineData("twelvebit.jpg", "is a JPEG of 12 bits per sample")]
    [InlineData("arith.jpg", null)]
    [InlineData("gray16.png", null)]
    [InlineData("anim.webp", null)]
    [InlineData("wrongext.png", null)]
    [InlineData("trailing.jpg", null)]
    [InlineData("samsung_trailer.jpg", null)]
    public void Decode_JpegCases_AreReadOrRefusedInTrueWords(string file, string? reason)
    {
        var bytes = File.ReadAllBytes(ImageRec.Tests.Design.Repository.Shared("cases/jpeg/" + file));
        var error = Record.Exception(() => DecodedPicture.Of(bytes, 128, 128));
        if (reason is null)
            Assert.Null(error);
        else
            Assert.Contains(reason, Assert.IsType<UnreadableImageException>(error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ProgressiveJpegCutAnywhere_IsWholeOrCutOff()
    {
        var whole = DecodedPicture.Of(PictureFiles.ProgressiveJpeg, 32, 32).Values;
        Assert.Equal(DecodedPicture.Of(PictureFiles.RestartJpeg, 32, 32).Values, whole);
        var read = 0;
        for (var length = 2; length < PictureFiles.ProgressiveJpeg.Length; length++)
        {
            IReadOnlyList<float>? values = null;
            var error = Record.Exception(() => values = DecodedPicture.Of(PictureFiles.ProgressiveJpeg[..length], 32, 32).Values);
            error.AssertNullOrUnreadable();
            if (values is not null)
                Assert.Equal(whole, values);
            read += values is null ? 0 : 1;
        }
        // What is read lacks no more than codes that say that nothing follows.
        Assert.InRange(read, 1, 16 * 3);
    }

    [Theory]
    [InlineData(12, 0xC0, "a JPEG of 12 bits per sample")]
    [InlineData(12, 0xC1, "a JPEG of 12 bits per sample")]
    [InlineData(8, 0xC3, "a lossless JPEG")]
    [InlineData(8, 0xC5, "a hierarchical JPEG")]
    public void Decode_KindOfJpegThatIsNotRead_SaysWhich(byte bits, byte frame, string kind)
    {
        var photo = s_photo.ToArray();
        var at = photo.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        (photo[at + 1], photo[at + 4]) = (frame, bits);
        var error = Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(photo, 64, 64));
        Assert.Contains(kind, error.Message, StringComparison.Ordinal);
        Assert.Contains("8 bits per sample are read", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_JpegThatEndsInItsHeader_SaysSo()
    {
        var error = Assert.Throws<UnreadableImageException>(() => DecodedPicture.Of(s_photo[..100], 64, 64));
        Assert.Contains("cut off", error.Message, StringComparison.Ordinal);
    }
}
