using System.Diagnostics;
using ImageRec.Tests.Engine;

namespace ImageRec.Tests.Images;

public sealed class ImageSourceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<Func<Exception>> Failures => new(
        () => new HttpRequestException("503 (Service Unavailable)"),
        () => new TaskCanceledException("The request was canceled due to the configured time-out.", new TimeoutException()),
        () => new OperationCanceledException(new CancellationToken(canceled: true)),
        () => new TimeoutException("blob storage"),
        () => new KeyNotFoundException("no such blob"),
        () => new ArgumentException("a bad address"),
        () => new InvalidOperationException("Sequence contains no elements"),
        () => new IOException("disk"));

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task ReadAsync_OpeningThrows_IsUnreadableWithTheCause(Func<Exception> failure)
    {
        var cause = failure();
        var source = ImageSource.FromStream(_ => throw cause, "shirt");
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(source));
        Assert.Same(cause, error.InnerException);
        Assert.StartsWith("'shirt' cannot be read: ", error.Message, StringComparison.Ordinal);
        Assert.Contains(cause.Message.TrimEnd('.'), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task ReadAsync_StreamThrows_IsUnreadableWithTheCause(Func<Exception> failure)
    {
        var cause = failure();
        foreach (var source in new[]
        {
            ImageSource.FromStream(new OddStream([1, 2, 3]) { OnRead = _ => throw cause }),
            ImageSource.FromStream(_ => new(new OddStream([1, 2, 3]) { OnRead = _ => throw cause })),
            ImageSource.FromStream(_ => new(new OddStream([1, 2, 3]) { OnDispose = () => throw cause })),
        })
        {
            var error = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(source));
            Assert.Same(cause, error.InnerException);
        }
    }

    [Fact]
    public async Task ReadAsync_StreamIsNull_IsUnreadable()
    {
        var error = await Assert.ThrowsAsync<UnreadableImageException>(
            () => ReadAsync(ImageSource.FromStream(_ => new((Stream)null!), "shirt")));
        Assert.Contains("returned null", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public async Task ReadAsync_StreamLiesAboutWhatItRead_IsUnreadable(int claimed)
    {
        var source = ImageSource.FromStream(_ => new(new OddStream([1, 2, 3]) { Claimed = claimed }));
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(source));
    }

    [Fact]
    public async Task ReadAsync_OwnTokenCanceled_IsACancellationWhateverTheSourceThrows()
    {
        foreach (var thrown in new Exception[] { new OperationCanceledException(), new HttpRequestException("aborted"),
            new ObjectDisposedException("socket") })
        {
            using var cancellation = new CancellationTokenSource();
            var source = ImageSource.FromStream(_ =>
            {
                cancellation.Cancel();
                throw thrown;
            });
            var error = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(source, token: cancellation.Token));
            Assert.Equal(cancellation.Token, error.CancellationToken);
        }
    }

    [Fact]
    public async Task ReadAsync_StreamWithoutEnd_StopsAtTheLimit()
    {
        var read = 0L;
        var endless = new OddStream([]) { OnRead = buffer => { read += buffer.Length; return buffer.Length; } };
        var error = await Assert.ThrowsAsync<UnreadableImageException>(
            () => ReadAsync(ImageSource.FromStream(_ => new(endless)), maxBytes: 1_000_000));
        Assert.Contains("more than 1,000,000 bytes", error.Message, StringComparison.Ordinal);
        Assert.InRange(read, 1_000_001, 1_100_000);
    }

    [Fact]
    public async Task ReadAsync_ExactlyTheLimit_IsRead()
    {
        var bytes = Bytes(70_000);
        Assert.Equal(bytes, await ReadAsync(ImageSource.FromStream(new MemoryStream(bytes)), maxBytes: 70_000));
        Assert.Equal(bytes, await ReadAsync(_folder.Write("a.jpg", bytes), maxBytes: 70_000));
        await Assert.ThrowsAsync<UnreadableImageException>(
            () => ReadAsync(ImageSource.FromStream(new MemoryStream(bytes)), maxBytes: 69_999));
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(_folder.Write("a.jpg", bytes), maxBytes: 69_999));
    }

    [Theory]
    [InlineData("no/such.jpg", "there is no such file")]
    [InlineData("with\0nul.jpg", "ullcharacter")]
    [InlineData(".", "is a folder")]
    public async Task ReadAsync_PathThatIsNoFile_IsUnreadable(string path, string reason)
    {
        var source = ImageSource.FromFile(path.Contains('\0', StringComparison.Ordinal) ? path : Path.Combine(_folder.Path, path));
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(source));
        Assert.Contains(reason, error.Message.Replace(" ", "", StringComparison.Ordinal) + error.Message,
            StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("/dev/zero")]
    [InlineData("/dev/null")]
    [InlineData("/dev/random")]
    [InlineData("/dev/tty")]
    public async Task ReadAsync_Device_IsUnreadableAtOnce(string device)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Devices of Linux.");
        var link = Path.Combine(_folder.Path, "photo.jpg");
        File.CreateSymbolicLink(link, device);
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(device).WaitAsync(TimeSpan.FromSeconds(30), Token));
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(link).WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task ReadAsync_Pipe_IsUnreadableAndWaitsForNoWriter()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Needs mkfifo.");
        var pipe = Path.Combine(_folder.Path, "photo.jpg");
        using (var made = Process.Start("mkfifo", [pipe]))
            await made.WaitForExitAsync(Token);
        File.CreateSymbolicLink(pipe + ".link", pipe);
        await Assert.ThrowsAsync<UnreadableImageException>(
            () => Task.Run(() => ReadAsync(pipe), Token).WaitAsync(TimeSpan.FromSeconds(30), Token));
        await Assert.ThrowsAsync<UnreadableImageException>(
            () => Task.Run(() => ReadAsync(pipe + ".link"), Token).WaitAsync(TimeSpan.FromSeconds(30), Token));
    }

    [Fact]
    public async Task ReadAsync_LinkToALargeFile_IsRefusedByTheFilesLength()
    {
        var large = Path.Combine(_folder.Path, "large");
        await using (var file = File.Create(large))
            file.SetLength(100_000_000);
        var link = Path.Combine(_folder.Path, "photo.jpg");
        File.CreateSymbolicLink(link, "large");
        var before = GC.GetTotalAllocatedBytes();
        var error = await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(link, maxBytes: 1_000_000));
        Assert.Contains("100,000,000 bytes", error.Message, StringComparison.Ordinal);
        Assert.True(GC.GetTotalAllocatedBytes() - before < 50_000_000);
    }

    [Fact]
    public async Task ReadAsync_LinkToAPicture_IsFollowed()
    {
        var bytes = Bytes(1000);
        _folder.Write("real/a.jpg", bytes);
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "once.jpg"), "real/a.jpg");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "twice.jpg"), "once.jpg");
        Assert.Equal(bytes, await ReadAsync(Path.Combine(_folder.Path, "twice.jpg")));
    }

    [Fact]
    public async Task ReadAsync_LinksInACircleOrToNothing_AreUnreadable()
    {
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "a.jpg"), "b.jpg");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "b.jpg"), "a.jpg");
        File.CreateSymbolicLink(Path.Combine(_folder.Path, "c.jpg"), "nothing.jpg");
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(Path.Combine(_folder.Path, "a.jpg")));
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(Path.Combine(_folder.Path, "c.jpg")));
    }

    [Fact]
    public async Task ReadAsync_FileOpenForWriting_IsReadAsItIs()
    {
        var path = _folder.Write("a.jpg", Bytes(100));
        await using var writing = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        Assert.Equal(100, (await ReadAsync(path)).Length);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public async Task ReadAsync_CanceledOnce_NeverGivesATailAsTheWhole(bool seekable, bool losesBytes)
    {
        var bytes = Bytes(300_000);
        using var cancellation = new CancellationTokenSource();
        var canceled = false;
        var stream = new OddStream(bytes) { Seekable = seekable };
        stream.OnRead = buffer =>
        {
            if (stream.Position < 60_000 || canceled)
                return null;
            canceled = true;
            if (losesBytes)
                stream.Position += 1000;
            cancellation.Cancel();
            throw new OperationCanceledException(cancellation.Token);
        };
        var source = ImageSource.FromStream(stream);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(source, token: cancellation.Token));

        if (seekable)
            Assert.Equal(bytes, await ReadAsync(source));
        else
            Assert.Contains("canceled midway", (await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(source))).Message,
                StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReadAsync_CanceledBetweenReads_GoesOnWithWhatCannotBeRewound()
    {
        var bytes = Bytes(300_000);
        using var cancellation = new CancellationTokenSource();
        var stream = new OddStream(bytes) { Seekable = false };
        stream.OnRead = buffer =>
        {
            cancellation.Cancel();
            return null;
        };
        var source = ImageSource.FromStream(stream);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ReadAsync(source, token: cancellation.Token));
        Assert.Equal(bytes, await ReadAsync(source));
        Assert.Equal(bytes, await ReadAsync(source));
    }

    [Fact]
    public async Task ReadAsync_StreamThatFailedOnce_FailsAgain()
    {
        var failed = false;
        var stream = new OddStream(Bytes(300_000));
        stream.OnRead = _ => stream.Position < 60_000 || failed
            ? null
            : throw new IOException(failed ? "again" : (failed = true).ToString());
        var source = ImageSource.FromStream(stream);
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(source));
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(source));
    }

    [Fact]
    public async Task ReadAsync_OnceWithASmallerLimitFirst_IsReadWholeWithTheLargerOne()
    {
        var bytes = Bytes(300_000);
        var source = ImageSource.FromStream(new MemoryStream(bytes));
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(source, maxBytes: 100_000));
        Assert.Equal(bytes, await ReadAsync(source));
        await Assert.ThrowsAsync<UnreadableImageException>(() => ReadAsync(source, maxBytes: 100_000));
    }

    [Fact]
    public async Task RecommendAsync_SourceThrows_IsUnreadableWithTheCause()
    {
        await using var engine = await new RecommenderBuilder().UseExtractor(new VectorExtractor()).WithoutReduction().WithoutClusters()
            .BuildAsync(Product.Cloud(9).ToCatalog(p => p.Sku, p => p.Picture), cancellationToken: Token);
        var cause = new TaskCanceledException("time-out");
        var error = await Assert.ThrowsAsync<UnreadableImageException>(
            () => engine.RecommendAsync(ImageSource.FromStream(_ => throw cause), cancellationToken: Token));
        Assert.Same(cause, error.InnerException);
    }

    public void Dispose() => _folder.Dispose();

    private static Task<byte[]> ReadAsync(string path, long maxBytes = ImageLimits.DefaultMaxBytes, CancellationToken? token = null) =>
        ReadAsync(ImageSource.FromFile(path), maxBytes, token);

    private static async Task<byte[]> ReadAsync(
        ImageSource source, long maxBytes = ImageLimits.DefaultMaxBytes, CancellationToken? token = null) =>
        (await source.ReadAsync(maxBytes, token ?? Token)).ToArray();

    private static byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        new Random(5).NextBytes(bytes);
        return bytes;
    }
}
