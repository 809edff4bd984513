using ImageRec.Contracts;
using SkiaSharp;

namespace ImageRec.Tests.Images;

/// <summary>Small JPEGs of image sources.</summary>
public sealed class ThumbnailTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(20, 20, 15)]
    [InlineData(400, 40, 30)]
    public async Task ToThumbnailAsync_AnImage_KeepsItsShapeAndNeverGrows(int maxSide, int width, int height)
    {
        using var thumbnail = SKBitmap.Decode(await SamplePictures.Drawn(1, 40, 30).ToThumbnailAsync(maxSide, cancellationToken: Token));
        Assert.Equal((width, height), (thumbnail.Width, thumbnail.Height));
    }

    [Fact]
    public async Task ToThumbnailAsync_Text_NamesTheImage()
    {
        var error = await Assert.ThrowsAsync<UnreadableImageException>(
            () => SamplePictures.Text.ToThumbnailAsync(20, cancellationToken: Token));
        Assert.Contains("text.jpg", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 84)]
    [InlineData(10, 0)]
    [InlineData(10, 101)]
    public async Task ToThumbnailAsync_NumberOutOfRange_ThrowsBeforeReading(int maxSide, int quality)
    {
        var unread = ImageSource.FromStream(_ => throw new IOException("It was read."));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => unread.ToThumbnailAsync(maxSide, quality, cancellationToken: Token));
    }

    [Fact]
    public async Task ToThumbnailAsync_Canceled_Stops() => await Assert.ThrowsAnyAsync<OperationCanceledException>(
        () => SamplePictures.Drawn(1).ToThumbnailAsync(20, cancellationToken: new CancellationToken(canceled: true)));
}
