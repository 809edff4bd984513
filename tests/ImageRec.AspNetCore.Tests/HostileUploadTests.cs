using System.Diagnostics;
using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ImageRec.AspNetCore.Contracts;
using SkiaSharp;

namespace ImageRec.AspNetCore.Tests;

/// <summary>What a stranger may send. Every test ends with another visitor being served.</summary>
public sealed class HostileUploadTests
{
    [Theory]
    [InlineData("hello, I am a text", "text")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", "SVG")]
    [InlineData("<!DOCTYPE html><script>alert(1)</script>", "web page")]
    [InlineData("%PDF-1.7 ...", "PDF")]
    [InlineData("PK\x03\x04 ...", "ZIP")]
    public async Task Post_NotAPicture_IsRefusedByWhatItIs(string content, string what)
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var response = await shop.PostPictureAsync(Encoding.Latin1.GetBytes(content), type: "image/jpeg");
        Assert.Contains(what, (await response.RefusedAsync(415, "not-a-picture")).Detail, StringComparison.Ordinal);
        await ServesOthersAsync(shop);
    }

    [Fact]
    public async Task Post_JpegOfTwelveBits_IsRefusedInTrueWords()
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var bitmap = new SKBitmap(64, 64);
        var jpeg = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90).ToArray();
        jpeg[jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]) + 4] = 12;
        using var response = await shop.PostPictureAsync(jpeg);
        Assert.Contains("12 bits per sample", (await response.RefusedAsync(422, "damaged-picture")).Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_RandomBytes_AreRefused()
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        var bytes = new byte[50_000];
        new Random(1).NextBytes(bytes);
        using var response = await shop.PostPictureAsync(bytes);
        await response.RefusedAsync(415, "not-a-picture");
        await ServesOthersAsync(shop);
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.02)]
    public async Task Post_TruncatedPicture_IsRefused(double share)
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        var whole = Pictures.Fresh();
        using var response = await shop.PostPictureAsync(whole[..(int)(whole.Length * share)]);
        Assert.InRange((int)response.StatusCode, 415, 422);
        await ServesOthersAsync(shop);
    }

    [Fact]
    public async Task Post_Picture30000PixelsWideAndHigh_IsRefusedBeforeDecoding()
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var response = await shop.PostPictureAsync(GrayPng(30_000, 30_000));
        Assert.Contains("30,000 x 30,000", (await response.RefusedAsync(413, "too-many-pixels")).Detail, StringComparison.Ordinal);
        Assert.Equal(TestShop.Products, shop.Extractor.Extracted);
        await ServesOthersAsync(shop);
    }

    [Fact]
    public async Task Post_SmallFileThatClaimsGigapixels_IsRefusedBeforeDecoding()
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        var png = Pictures.ClaimingPng(60_000, 60_000);
        Assert.InRange(png.Length, 1, 1024);
        using var response = await shop.PostPictureAsync(png);
        Assert.InRange((int)response.StatusCode, 413, 415);
        Assert.Equal(TestShop.Products, shop.Extractor.Extracted);
        await ServesOthersAsync(shop);
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("application/json")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Post_OtherContentType_IsRefused(string type)
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var response = await shop.PostPictureAsync(Pictures.Fresh(), type: type);
        Assert.Contains(type, (await response.RefusedAsync(415, "wrong-content-type")).Detail, StringComparison.Ordinal);
        await ServesOthersAsync(shop);
    }

    [Fact]
    public async Task Post_ContentTypeOfAnotherPicture_DoesNotMatter()
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var response = await shop.PostPictureAsync(GrayPng(64, 64), type: "image/jpeg");
        Assert.Equal(5, (await response.ReadAsync()).Count);
    }

    [Fact]
    public async Task Post_Nothing_IsRefused()
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var empty = await shop.PostPictureAsync([]);
        await empty.RefusedAsync(400, "no-picture");
        using var form = new MultipartFormDataContent { { new StringContent("x"), "note" } };
        using var none = await shop.Client.PostAsync("/visual/recommendations", form, TestContext.Current.CancellationToken);
        await none.RefusedAsync(400, "no-picture");
        await ServesOthersAsync(shop);
    }

    [Theory]
    [InlineData("--x\r\nContent-Disposition: form-data; name=a; filename=b\r\n\r\nabc", "multipart/form-data; boundary=x")]
    [InlineData("anything", "multipart/form-data")]
    [InlineData("no boundary here", "multipart/form-data; boundary=x")]
    public async Task Post_MalformedForm_IsRefused(string body, string type)
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var content = new ByteArrayContent(Encoding.ASCII.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        using var response = await shop.Client.PostAsync("/visual/recommendations", content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        await ServesOthersAsync(shop);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Post_200Megabytes_IsRefusedWithoutBeingRead(bool declaresItsLength)
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var endless = new ZeroStream(200L * 1024 * 1024);
        using var content = new StreamContent(endless) { Headers = { ContentType = new("application/octet-stream") } };
        if (declaresItsLength)
            content.Headers.ContentLength = endless.Size;
        using var request = new HttpRequestMessage(HttpMethod.Post, "/visual/recommendations")
        {
            Content = content, Headers = { ExpectContinue = declaresItsLength },
        };
        if (!declaresItsLength)
            request.Headers.TransferEncodingChunked = true;
        try
        {
            using var response = await shop.Client.SendAsync(request, TestContext.Current.CancellationToken);
            await response.RefusedAsync(413, "upload-too-large");
        }
        catch (HttpRequestException)
        {
            // The server answers and hangs up while the client still sends; which of both the client sees first is chance.
        }
        Assert.InRange(endless.Sent, 0, 40L * 1024 * 1024);
        await ServesOthersAsync(shop);
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("C:\\Windows\\win.ini")]
    [InlineData("<img src=x onerror=alert(1)>.jpg")]
    [InlineData("a\u0000b.jpg")]
    public async Task Post_FileNameWithPathOrMarkup_IsIgnored(string name)
    {
        await using var shop = await TestShop.StartAsync(kestrel: true);
        using var good = new MultipartFormDataContent();
        var part = TestShop.Raw(Pictures.Fresh(), "image/jpeg");
        part.Headers.TryAddWithoutValidation(
            "Content-Disposition", $"form-data; name=\"image\"; filename=\"{name.Replace("\0", "%00", StringComparison.Ordinal)}\"");
        good.Add(part);
        using var response = await shop.Client.PostAsync("/visual/recommendations", good, TestContext.Current.CancellationToken);
        Assert.Equal(5, (await response.ReadAsync()).Count);

        using var bad = new MultipartFormDataContent();
        var text = TestShop.Raw("not a picture"u8.ToArray(), "image/jpeg");
        text.Headers.TryAddWithoutValidation(
            "Content-Disposition", $"form-data; name=\"image\"; filename=\"{name.Replace("\0", "%00", StringComparison.Ordinal)}\"");
        bad.Add(text);
        using var refused = await shop.Client.PostAsync("/visual/recommendations", bad, TestContext.Current.CancellationToken);
        var problem = await refused.RefusedAsync(415, "not-a-picture");
        Assert.DoesNotContain("passwd", problem.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("onerror", problem.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_SlowBody_IsRefusedInTime()
    {
        await using var shop = await TestShop.StartAsync(o => o.Limits = new() { ReadTimeout = TimeSpan.FromSeconds(1.5) }, kestrel: true);
        using var socket = new TcpClient();
        await socket.ConnectAsync(shop.Client.BaseAddress!.Host, shop.Client.BaseAddress.Port, TestContext.Current.CancellationToken);
        await using var stream = socket.GetStream();
        var head = $"POST /visual/recommendations HTTP/1.1\r\nHost: {shop.Client.BaseAddress.Authority}\r\nContent-Type: "
            + "image/jpeg\r\nContent-Length: 100000\r\n\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        var clock = Stopwatch.StartNew();
        var answer = Task.Run(() => new StreamReader(stream).ReadLineAsync(TestContext.Current.CancellationToken).AsTask());
        while (!answer.IsCompleted && clock.Elapsed < TimeSpan.FromSeconds(20))
        {
            try
            {
                await stream.WriteAsync("x"u8.ToArray(), TestContext.Current.CancellationToken);
            }
            catch (IOException)
            {
                break;
            }
            await Task.Delay(100, TestContext.Current.CancellationToken);
            if (clock.ElapsedMilliseconds is > 300 and < 500)
                await ServesOthersAsync(shop);
        }
        Assert.Contains(" 408 ", await answer, StringComparison.Ordinal);
        await ServesOthersAsync(shop);
    }

    [Fact]
    public async Task Post_100AtOnce_SomeAreServedTheRestIsToldToWait_AndMemoryReturns()
    {
        var extractor = new TinyExtractor();
        await using var shop = await TestShop.StartAsync(
            o => o.Limits = new() { Concurrent = 2, Waiting = 10, Burst = 1000, PerMinute = 60_000 }, kestrel: true, extractor: extractor);
        extractor.Before = token => Task.Delay(50, token);
        var picture = Pictures.Fresh();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(async _ =>
        {
            using var response = await shop.PostPictureAsync(picture);
            return response.StatusCode;
        }));
        Assert.All(answers, status => Assert.Contains(status, (HttpStatusCode[])[HttpStatusCode.OK, HttpStatusCode.ServiceUnavailable]));
        Assert.True(answers.Count(status => status == HttpStatusCode.OK) >= 12);
        await ServesOthersAsync(shop);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 40L * 1024 * 1024);
    }

    [Fact]
    public async Task Post_ManyFromOneAddress_IsToldToWait_WhileProductsAreStillServed()
    {
        await using var shop = await TestShop.StartAsync(o => o.Limits = new() { Burst = 3, PerMinute = 6 }, kestrel: true);
        for (var i = 0; i < 3; i++)
            Assert.Equal(5, (await shop.RecommendAsync(Pictures.Fresh())).Count);
        using var fourth = await shop.PostPictureAsync(Pictures.Fresh());
        await fourth.RefusedAsync(429, "too-many-uploads");
        Assert.InRange(fourth.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
        Assert.Equal(
            5, (await shop.GetAsync<RecommendationList>($"/visual/recommendations/{TestShop.Listed[0].Sku}")).Recommendations.Count);
    }

    private static async Task ServesOthersAsync(TestShop shop) => Assert.Equal(5, (await shop.RecommendAsync(Pictures.Fresh(5))).Count);

    /// <summary>A whole gray PNG, line by line, so that the test needs no memory for it.</summary>
    private static byte[] GrayPng(int width, int height)
    {
        if ((long)width * height < 1_000_000)
        {
            using var small = new SKBitmap(width, height);
            small.Erase(SKColors.Gray);
            return small.Encode(SKEncodedImageFormat.Png, 100).ToArray();
        }
        using var lines = new MemoryStream();
        using (var zlib = new ZLibStream(lines, CompressionLevel.Fastest, leaveOpen: true))
        {
            var line = new byte[width * 3 + 1];
            for (var y = 0; y < 64; y++)
                zlib.Write(line);
        }
        return Pictures.ClaimingPng(width, height, lines.ToArray());
    }

    /// <summary>So many zeros, counted as they are taken.</summary>
    private sealed class ZeroStream(long size) : Stream
    {
        private long _position;

        public long Size => size;

        public long Sent => _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = (int)Math.Min(count, size - _position);
            buffer.AsSpan(offset, read).Clear();
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
