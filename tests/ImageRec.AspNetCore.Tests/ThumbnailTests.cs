using System.Net;
using System.Net.Http.Headers;
using ImageRec.AspNetCore.Thumbnails;
using SkiaSharp;

namespace ImageRec.AspNetCore.Tests;

public sealed class ThumbnailTests
{
    [Theory]
    [InlineData(160, 160, 80)]
    [InlineData(320, 200, 100)]
    public async Task Get_Size_IsKeptWithinAndNeverEnlarged(int size, int width, int height)
    {
        await using var shop = await TestShop.StartAsync(o => o.Image = _ => ImageSource.FromBytes(Plain(200, 100)));
        var bytes = await shop.Client.GetByteArrayAsync(
            $"/visual/thumbnails/{size}/{TestShop.Listed[0].Sku}", TestContext.Current.CancellationToken);
        using var picture = SKBitmap.Decode(bytes);
        Assert.Equal((width, height), (picture.Width, picture.Height));
    }

    [Fact]
    public async Task Get_KnownETag_IsNotModified()
    {
        await using var shop = await TestShop.StartAsync();
        var path = $"/visual/thumbnails/320/{TestShop.Listed[0].Sku}";
        using var first = await shop.Client.GetAsync(path, TestContext.Current.CancellationToken);
        Assert.True(first.Headers.CacheControl?.MaxAge > TimeSpan.Zero);
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
        using var again = new HttpRequestMessage(HttpMethod.Get, path);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await shop.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        using var other = new HttpRequestMessage(HttpMethod.Get, path)
        {
            Headers = { IfNoneMatch = { new EntityTagHeaderValue("\"other\"") } },
        };
        using var third = await shop.Client.SendAsync(other, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Get_OtherSize_IsRefused()
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync(
            $"/visual/thumbnails/4000/{TestShop.Listed[0].Sku}", TestContext.Current.CancellationToken);
        await response.RefusedAsync(400, "bad-parameter");
    }

    [Theory]
    [InlineData("..%2F..%2F..%2Fetc%2Fpasswd")]
    [InlineData("%2Fetc%2Fpasswd")]
    [InlineData("..%5C..%5Cwin.ini")]
    [InlineData("file:%2F%2F%2Fetc%2Fpasswd")]
    public async Task Get_Path_IsOnlyAnUnknownId(string id)
    {
        await using var shop = await TestShop.StartAsync();
        using var response = await shop.Client.GetAsync($"/visual/thumbnails/320/{id}", TestContext.Current.CancellationToken);
        await response.RefusedAsync(404, "no-such-product");
    }

    [Theory]
    [InlineData(SKEncodedOrigin.TopLeft, 0)]
    [InlineData(SKEncodedOrigin.TopRight, 1)]
    [InlineData(SKEncodedOrigin.BottomRight, 3)]
    [InlineData(SKEncodedOrigin.BottomLeft, 2)]
    [InlineData(SKEncodedOrigin.LeftTop, 0)]
    [InlineData(SKEncodedOrigin.RightTop, 1)]
    [InlineData(SKEncodedOrigin.RightBottom, 3)]
    [InlineData(SKEncodedOrigin.LeftBottom, 2)]
    public void Make_ExifOrientation_PutsTheStoredFirstCornerWhereItBelongs(SKEncodedOrigin origin, int corner)
    {
        var thumbnail = ThumbnailMaker.Make(WithOrientation(RedCorner(), origin), 160, 1_000_000);
        using var picture = SKBitmap.Decode(thumbnail.Bytes.Span);
        var (x, y) = (corner % 2 == 0 ? 2 : picture.Width - 3, corner < 2 ? 2 : picture.Height - 3);
        var color = picture.GetPixel(x, y);
        Assert.True(color.Red > 180 && color.Green < 90, $"{color} at {x}, {y} of {picture.Width} x {picture.Height}");
        Assert.Equal(origin >= SKEncodedOrigin.LeftTop, picture.Height > picture.Width);
    }

    [Fact]
    public async Task Get_AppCannotGiveThePicture_IsRefusedWithoutItsWords()
    {
        var fails = false;
        await using var shop = await TestShop.StartAsync(
            o => o.Image = p => fails ? throw new InvalidOperationException("/secret/path") : ImageSource.FromBytes(Pictures.Draw(p)));
        fails = true;
        using var response = await shop.Client.GetAsync(
            $"/visual/thumbnails/160/{TestShop.Listed[0].Sku}", TestContext.Current.CancellationToken);
        Assert.DoesNotContain("secret", (await response.RefusedAsync(422, "damaged-picture")).Detail, StringComparison.Ordinal);
    }

    private static byte[] Plain(int width, int height)
    {
        using var bitmap = new SKBitmap(width, height);
        bitmap.Erase(SKColors.CadetBlue);
        return bitmap.Encode(SKEncodedImageFormat.Png, 100).ToArray();
    }

    private static byte[] RedCorner()
    {
        using var bitmap = new SKBitmap(96, 48);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        using var paint = new SKPaint { Color = SKColors.Red };
        canvas.DrawRect(0, 0, 24, 24, paint);
        return bitmap.Encode(SKEncodedImageFormat.Jpeg, 95).ToArray();
    }

    /// <summary>Puts an EXIF segment with one entry, the orientation, behind the start of a JPEG.</summary>
    private static byte[] WithOrientation(byte[] jpeg, SKEncodedOrigin origin)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0, (byte)'M', (byte)'M', 0, 42, 0, 0, 0, 8,
            0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte)origin, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }
}
