using ImageRec.Features;

namespace ImageRec.Contracts;

/// <summary>Tests what every <see cref="IFeatureExtractor"/> promises. Inherit it and say how yours is made.</summary>
public abstract class FeatureExtractorContract
{
    private const int Many = 23;

    /// <summary>Makes the extractor under test; each call makes one that works alike.</summary>
    protected abstract IFeatureExtractor Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Name and fingerprint are not empty; dimensions and preferred batch are 1 or more.</summary>
    [Fact]
    public void Facts_Always_AreUsable()
    {
        using var extractor = Create();

        Assert.False(string.IsNullOrWhiteSpace(extractor.Name));
        Assert.False(string.IsNullOrWhiteSpace(extractor.Fingerprint));
        Assert.True(extractor.Dimensions >= 1);
        Assert.True(extractor.PreferredBatch >= 1);
    }

    /// <summary>No images give no embeddings and no errors.</summary>
    [Fact]
    public async Task Extract_NoPictures_GivesNothing()
    {
        using var extractor = Create();

        Assert.Empty(await extractor.ExtractAsync([], Memory<float>.Empty, Token));
    }

    /// <summary>Room for another number of values than needed is an error that quotes both.</summary>
    /// <param name="more">Values too many, or too few when negative.</param>
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Extract_RoomForAnotherNumberOfRows_SaysBothNumbers(int more)
    {
        using var extractor = Create();
        var rows = new float[(2 * extractor.Dimensions) + more];

        var error = await Assert.ThrowsAsync<ArgumentException>(
            async () => await extractor.ExtractAsync([SamplePictures.Drawn(1), SamplePictures.Drawn(2)], rows, Token));

        Assert.Contains($"{2 * extractor.Dimensions}", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{rows.Length}", error.Message, StringComparison.Ordinal);
    }

    /// <summary>An image overwrites its whole row with finite values, not all of them zero.</summary>
    [Fact]
    public async Task Extract_APicture_OverwritesItsWholeRowWithFiniteNumbers()
    {
        using var extractor = Create();
        var row = Enumerable.Repeat(float.NaN, extractor.Dimensions).ToArray();

        Assert.Empty(await extractor.ExtractAsync([SamplePictures.Drawn(1)], row, Token));

        Assert.All(row, value => Assert.True(float.IsFinite(value)));
        Assert.Contains(row, value => value != 0);
    }

    /// <summary>Different images have different embeddings.</summary>
    [Fact]
    public async Task Extract_DifferentPictures_GivesDifferentRows()
    {
        using var extractor = Create();
        var rows = await RowsAsync(extractor, Pictures());

        Assert.Equal(Many, rows.Select(row => string.Join(' ', row)).Distinct().Count());
    }

    /// <summary>An image has the same embedding in batches of any size, bit for bit.</summary>
    /// <param name="size">Images per batch.</param>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(16)]
    public async Task Extract_AnyBatch_GivesTheSameBits(int size)
    {
        using var extractor = Create();
        var together = await RowsAsync(extractor, Pictures());

        var apart = new List<float[]>();
        foreach (var batch in Pictures().Chunk(size))
            apart.AddRange(await RowsAsync(extractor, batch));

        Assert.Equal(together, apart);
    }

    /// <summary>Two extractors that are made alike have the same fingerprint and compute the same embeddings, bit for bit.</summary>
    [Fact]
    public async Task Extract_MadeAgain_GivesTheSameBitsUnderTheSameFingerprint()
    {
        using var extractor = Create();
        using var again = Create();

        Assert.Equal(extractor.Fingerprint, again.Fingerprint);
        Assert.Equal(await RowsAsync(extractor, Pictures()), await RowsAsync(again, Pictures()));
    }

    /// <summary>Embeddings computed from many threads at once equal those from one, bit for bit.</summary>
    [Fact]
    public async Task Extract_FromManyThreads_GivesTheSameBits()
    {
        using var extractor = Create();
        var expected = await RowsAsync(extractor, Pictures());

        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => RowsAsync(extractor, Pictures()), Token)));

        Assert.All(all, rows => Assert.Equal(expected, rows));
    }

    /// <summary>Unreadable images are reported by position and name, have zero rows, and leave the others as they are.</summary>
    [Fact]
    public async Task Extract_SomeUnreadable_NamesThemAndLeavesTheOthersAlone()
    {
        using var extractor = Create();
        var pictures = Pictures();
        var expected = await RowsAsync(extractor, pictures);
        int[] bad = [0, 5, 6, Many - 1];
        foreach (var i in bad)
            pictures[i] = i == 5 ? ImageSource.FromFile("there-is-no-such-file.png") : SamplePictures.Text;

        var rows = Enumerable.Repeat(float.NaN, Many * extractor.Dimensions).ToArray();
        var unreadable = await extractor.ExtractAsync(pictures, rows, Token);

        Assert.Equal(bad, unreadable.Select(image => image.Index).Order());
        Assert.All(unreadable, image => Assert.Contains(pictures[image.Index].Name, image.Reason, StringComparison.Ordinal));
        var actual = rows.Chunk(extractor.Dimensions).ToList();
        for (var i = 0; i < Many; i++)
            Assert.Equal(bad.Contains(i) ? new float[extractor.Dimensions] : expected[i], actual[i]);
    }

    /// <summary>A canceled call throws <see cref="OperationCanceledException"/>.</summary>
    [Fact]
    public async Task Extract_Canceled_Stops()
    {
        using var extractor = Create();
        var rows = new float[Many * extractor.Dimensions];

        var stopped = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await extractor.ExtractAsync(Pictures(), rows, stopped));
    }

    /// <summary>Dispose may be called any number of times.</summary>
    [Fact]
    public void Dispose_AnyNumberOfTimes_IsHarmless()
    {
        var extractor = Create();

        extractor.Dispose();
        extractor.Dispose();
        extractor.Dispose();
    }

    private static ImageSource[] Pictures() => [.. Enumerable.Range(0, Many).Select(number => SamplePictures.Drawn(number))];

    private static async Task<List<float[]>> RowsAsync(IFeatureExtractor extractor, ImageSource[] pictures)
    {
        var rows = new float[pictures.Length * extractor.Dimensions];
        Assert.Empty(await extractor.ExtractAsync(pictures, rows, Token));
        return [.. rows.Chunk(extractor.Dimensions)];
    }
}
