using System.Globalization;
using System.Text;
using ImageRec.Building;
using ImageRec.Features;

namespace ImageRec.Tests.Engine;

public sealed class FeatureComputerTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ComputeAsync_SlowSources_ReadsManyAtOnce()
    {
        var open = 0;
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var pictures = Pictures(200, (i, token) => OpenAsync(i, token));
        var computed = await ComputedAsync(new VectorExtractor(), pictures);
        Assert.Equal(Enumerable.Range(0, 200), computed);

        async ValueTask<Stream> OpenAsync(int i, CancellationToken token)
        {
            if (Interlocked.Increment(ref open) == 32)
                enough.SetResult();
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(30), token);
            return Numbers(i);
        }
    }

    [Fact]
    public async Task ComputeAsync_SourcesThatBlock_ReadsSeveralAtOnce()
    {
        var (open, most) = (0, 0L);
        var pictures = Pictures(300, (i, _) =>
        {
            InterlockedMax(ref most, Interlocked.Increment(ref open));
            Thread.Sleep(5);
            Interlocked.Decrement(ref open);
            return new(Numbers(i));
        });
        Assert.Equal(Enumerable.Range(0, 300), await ComputedAsync(new VectorExtractor(), pictures));
        Assert.InRange(most, 3, 64);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(300)]
    [InlineData(2048)]
    public async Task ComputeAsync_ExtractorOfManyCores_HoldsAFewHundredPictures(int preferredBatch)
    {
        var (read, most, computed) = (0, 0, 0);
        var extractor = new VectorExtractor { PreferredBatch = preferredBatch, BeforeBatch = done => computed = done };
        var pictures = Pictures(3000, (i, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref read) - computed);
            return new(Numbers(i));
        });
        Assert.Equal(Enumerable.Range(0, 3000), await ComputedAsync(extractor, pictures));
        // What is being computed counts as held until the next batch begins.
        Assert.InRange(most, 1, 400 + 256);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(1_500_000)]
    [InlineData(5_000_000)]
    public async Task ComputeAsync_LargePictures_StaysWithinTheBudgetOfBytes(int size)
    {
        const int budget = 2_000_000;
        long held = 0, most = 0;
        var extractor = new SizeExtractor { Computed = bytes => Interlocked.Add(ref held, -bytes) };
        var pictures =
            Pictures(60, (_, _) => new(new CountedStream(size, read => InterlockedMax(ref most, Interlocked.Add(ref held, read)))));
        var batches = 0;
        await foreach (var batch in new FeatureComputer(extractor, ImageLimits.Default, budget).ComputeAsync(pictures, _ => false, Token))
            batches += batch.Computed.Count;
        Assert.Equal(60, batches);
        Assert.InRange(most, 1, budget + size + 200_000);
    }

    [Fact]
    public async Task ComputeAsync_MemoryShort_GivesTheSameBatches()
    {
        var random = new Random(3);
        var delays = Enumerable.Range(0, 150).Select(_ => random.Next(3)).ToArray();
        var plenty = await BatchesAsync(64_000_000);
        Assert.Equal(plenty, await BatchesAsync(70_000));
        Assert.Equal(plenty, await BatchesAsync(1));

        async Task<List<string>> BatchesAsync(long budget)
        {
            var pictures = Pictures(150, async (i, token) =>
            {
                await Task.Delay(delays[i], token);
                return i % 10 == 7 ? throw new IOException("away") : Numbers(i);
            });
            var batches = new List<string>();
            await foreach (var batch in new FeatureComputer(new VectorExtractor(), ImageLimits.Default, budget)
                .ComputeAsync(pictures, p => p.Key % 10 == 3, Token))
                batches.Add(string.Join(' ', batch.Computed.Select((p, row) => $"{p.Key}:{batch.Features[row][0]}"))
                    + $" known {batch.Known} unreadable " + string.Join(' ', batch.Unreadable.Select(p => p.Key)));
            return batches;
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ComputeAsync_CanceledOrFailing_LeavesNoReadingBehind(bool cancels)
    {
        using var cancellation = new CancellationTokenSource();
        var reading = 0;
        var extractor = new VectorExtractor { BeforeBatch = computed => { if (computed > 0) Stop(); } };
        var pictures = Pictures(500, async (i, token) =>
        {
            Interlocked.Increment(ref reading);
            // Ignores the token, as some sources do.
            await Task.Delay(5, CancellationToken.None);
            Interlocked.Decrement(ref reading);
            return Numbers(i);
        });
        var error = await Record.ExceptionAsync(async () =>
        {
            await foreach (var _ in new FeatureComputer(extractor, ImageLimits.Default)
                .ComputeAsync(pictures, _ => false, cancellation.Token))
                continue;
        });
        Assert.Equal(0, reading);
        Assert.IsType(cancels ? typeof(OperationCanceledException) : typeof(InvalidOperationException), error, exactMatch: false);

        void Stop()
        {
            if (!cancels)
                throw new InvalidOperationException("the network is away");
            cancellation.Cancel();
        }
    }

    [Fact]
    public async Task ComputeAsync_AbandonedMidway_LeavesNoReadingBehind()
    {
        var reading = 0;
        var pictures = Pictures(500, async (i, token) =>
        {
            Interlocked.Increment(ref reading);
            await Task.Delay(5, CancellationToken.None);
            Interlocked.Decrement(ref reading);
            return Numbers(i);
        });
        await foreach (var _ in new FeatureComputer(new VectorExtractor(), ImageLimits.Default).ComputeAsync(pictures, _ => false, Token))
            break;
        Assert.Equal(0, reading);
    }

    [Fact]
    public async Task ComputeAsync_SourceCanceledByItself_IsNoCancellation()
    {
        var pictures = Pictures(10, (i, _) => i == 3 ? throw new TaskCanceledException("time-out") : new(Numbers(i)));
        var unreadable = new List<int>();
        await foreach (var batch in new FeatureComputer(new VectorExtractor(), ImageLimits.Default)
            .ComputeAsync(pictures, _ => false, Token))
            unreadable.AddRange(batch.Unreadable.Select(p => p.Key));
        Assert.Equal([3], unreadable);
    }

    private static async Task<List<int>> ComputedAsync(IFeatureExtractor extractor, List<PendingImage<int>> pictures)
    {
        var computed = new List<int>();
        await foreach (var batch in new FeatureComputer(extractor, ImageLimits.Default).ComputeAsync(pictures, _ => false, Token))
        {
            for (var i = 0; i < batch.Computed.Count; i++)
            {
                Assert.Equal(batch.Computed[i].Key, batch.Features[i][0]);
                computed.Add(batch.Computed[i].Key);
            }
        }
        return computed;
    }

    private static List<PendingImage<int>> Pictures(int count, Func<int, CancellationToken, ValueTask<Stream>> open) =>
        [.. Enumerable.Range(0, count).Select(i =>
        new PendingImage<int>(i,
            new CatalogEntry<int> { Id = $"{i}", Item = i, Image = ImageSource.FromStream(token => open(i, token), $"{i}") }, json: null))];

    private static MemoryStream Numbers(int first) =>
        new(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{first} 1 2")));

    private static void InterlockedMax(ref long most, long value)
    {
        for (var seen = Volatile.Read(ref most); value > seen
            && Interlocked.CompareExchange(ref most, value, seen) != seen; seen = Volatile.Read(ref most))
            continue;
    }

    /// <summary>Zeros, given in small pieces.</summary>
    private sealed class CountedStream(int size, Action<int> onRead) : MemoryStream(new byte[size])
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await Task.Yield();
            var read = Read(buffer.Span[..Math.Min(buffer.Length, 50_000)]);
            onRead(read);
            return read;
        }
    }

    private sealed class SizeExtractor : IFeatureExtractor
    {
        public required Action<int> Computed { get; init; }

        public string Name => "size";

        public string Fingerprint => "size";

        public int Dimensions => 1;

        public int PreferredBatch => 64;

        public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
            IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var bytes = await batch[i].ReadAsync(cancellationToken: cancellationToken);
                rows.Span[i] = bytes.Length;
                Computed(bytes.Length);
            }
            return [];
        }

        public void Dispose()
        {
        }
    }
}
