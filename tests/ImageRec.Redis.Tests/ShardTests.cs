using System.Diagnostics.Metrics;
using ImageRec.Redis.Tests.Support;
using ImageRec.Tests.Engine;

namespace ImageRec.Redis.Tests;

/// <summary>What is told of each shard while all is well: its health, its metrics; and that pictures ask at once.</summary>
public sealed class ShardTests(GarnetServer server) : SharedTest, IClassFixture<GarnetServer>
{
    private static readonly List<Product> s_products = Product.Cloud(40, Dimensions);

    [Fact]
    public async Task CheckHealth_OneServer_EveryShardWithItsItems()
    {
        await using var engine = await Builder().BuildAsync(
            CatalogOf(s_products), Catalog(server.Address, "health", o => o.Shards = 3), cancellationToken: Token);
        var health = await engine.CheckHealthAsync(Token);
        Assert.Equal([0, 1, 2], health.Select(shard => shard.Shard));
        Assert.Equal(40, health.Sum(shard => shard.Items));
        Assert.All(health, shard => Assert.True(
            shard.IsAvailable && shard.Server == server.Address && shard.Latency > TimeSpan.Zero && shard.Replicas.Count == 0));
    }

    [Fact]
    public async Task Recommend_MetricsListenedTo_OneSearchPerShard()
    {
        await using var engine = await Builder().BuildAsync(
            CatalogOf(s_products), Catalog(server.Address, "metrics", o => o.Shards = 3), cancellationToken: Token);
        var shards = new List<int>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Name == "imagerec.shard.duration")
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, seconds, tags, _) =>
        {
            var byName = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            if (byName["catalog"] is "metrics" && byName["command"] is "VSIM" && seconds > 0)
                lock (shards)
                    shards.Add((int)byName["shard"]!);
        });
        listener.Start();
        await engine.RecommendByVectorAsync(Point(1), null, Token);
        Assert.Equal([0, 1, 2], shards.Order());
    }

    [Fact]
    public async Task RecommendMany_SeveralPictures_AskAtOnce()
    {
        var catalog = Catalog(server.Address, "many");
        await (await Builder().BuildAsync(CatalogOf(s_products), catalog, cancellationToken: Token)).DisposeAsync();
        var index = await catalog.ConnectAsync(Token);
        var gate = new Gate(3);
        var odd = new OddIndex(index) { Searching = gate.PassAsync };
        await using var engine = await SharedBuilderExtensions.LoadAsync<Product>(
            odd, (await index.ReadManifestAsync(Token))!, Builder(), Token);
        var answers = await engine.RecommendManyAsync(
            [.. Enumerable.Range(0, 3).Select(i => VectorExtractor.Picture(Point(i)))], cancellationToken: Token);
        Assert.All(answers, answer => Assert.Equal(5, answer.Answers.Count));
    }

    /// <summary>Lets searches pass when so many have come; one after another, none ever would.</summary>
    private sealed class Gate(int wanted)
    {
        private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _came;

        public Task PassAsync()
        {
            if (Interlocked.Increment(ref _came) == wanted)
                _open.SetResult();
            return _open.Task.WaitAsync(TimeSpan.FromSeconds(30));
        }
    }
}
