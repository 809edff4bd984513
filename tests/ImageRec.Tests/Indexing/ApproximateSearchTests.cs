using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Tests.Indexing;

/// <summary>Approximate search reaches what was asked for, and keeps its promises about filters and counts.</summary>
public sealed class ApproximateSearchTests
{
    private const int Rows = 30_000;
    private const int Dimensions = 24;
    private static readonly IndexSettings Settings = new(0.95, 1, 2, null);
    private static readonly FeatureMatrix Catalog = ClusteredRows.Create(Rows, Dimensions, seed: 1);
    private static readonly FeatureMatrix Queries = ClusteredRows.Create(200, Dimensions, seed: 2);
    private static readonly Lazy<Task<VectorIndex>> Built = new(() => BuildAsync(Catalog));

    [Fact]
    public async Task Search_TargetRecall_IsReachedWithLessWork()
    {
        var index = await Built.Value;
        var segment = Assert.Single(index.Snapshot.Segments).Segment;

        Assert.False(segment.Tuning.IsExact);
        Assert.InRange(segment.Tuning.Recall, 0.95, 1);
        Assert.InRange(Recall(index, Catalog, null), 0.94, 1);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(20)]
    [InlineData(1000)]
    [InlineData(10_000)]
    public async Task Search_Filter_GivesAllThatPassOrAsManyAsAskedFor(int oneIn)
    {
        var index = await Built.Value;
        RowFilter filter = key => key % oneIn == 0;
        var best = new Neighbor[10];
        var passing = (Rows + oneIn - 1) / oneIn;

        for (var i = 0; i < Queries.Rows; i++)
        {
            var found = new IndexReader(Settings).Search(
                index.Snapshot, Queries[i], best, filter, -1, TestContext.Current.CancellationToken);
            Assert.Equal(Math.Min(10, passing), found);
            Assert.All(best[..found], answer => Assert.True(filter(answer.Key)));
        }
        Assert.InRange(Recall(index, Catalog, filter), 0.93, 1);
    }

    [Fact]
    public async Task Search_MinScore_LosesNoneWhereFewerThanAskedForReachIt()
    {
        var index = await Built.Value;
        var reader = new IndexReader(Settings);
        var best = new Neighbor[50];
        for (var i = 0; i < 20; i++)
        {
            var truth = FloatScan.Search(Catalog, Queries[i], 30);
            var found = reader.Search(index.Snapshot, Queries[i], best, null, truth[^1].Score, TestContext.Current.CancellationToken);
            Assert.Equal(truth, best[..found]);
        }
    }

    [Fact]
    public async Task Search_MoreThanHeld_GivesTheWholeRanking()
    {
        var index = await Built.Value;
        var best = new Neighbor[Rows + 5];

        var found = new IndexReader(Settings).Search(index.Snapshot, Queries[0], best, null, -1, TestContext.Current.CancellationToken);

        Assert.Equal(FloatScan.Search(Catalog, Queries[0], Rows), best[..found]);
    }

    [Fact]
    public async Task Search_SameSeedAndRows_RepeatsItself()
    {
        var first = (await Built.Value).Snapshot.Segments[0].Segment;
        await using var index = await BuildAsync(Catalog);
        var second = index.Snapshot.Segments[0].Segment;

        Assert.Equal(first.Tuning, second.Tuning);
        Assert.Equal(first.Keys, second.Keys);
        Assert.True(first.Blocks.Slice(0, (int)first.Blocks.Length).SequenceEqual(second.Blocks.Slice(0, (int)second.Blocks.Length)));
    }

    [Fact]
    public async Task Search_AfterManyChanges_FindsAsMuchAsAFreshBuild()
    {
        await using var living = new VectorIndex(Settings);
        var random = new Random(7);
        var other = ClusteredRows.Create(Rows, Dimensions, seed: 8);
        living.Upsert([.. Enumerable.Range(0, Rows)], other);
        await living.Maintenance;
        for (var first = 0; first < Rows; first += 1500)
        {
            // Every row is replaced in the end, and some are gone for a while.
            living.Remove([.. Enumerable.Range(0, 200).Select(_ => random.Next(first, Rows))]);
            var keys = Enumerable.Range(first, 1500).ToArray();
            living.Upsert(keys, Catalog.Select(keys));
        }
        await living.Maintenance;
        var fresh = await Built.Value;

        var difference = Recall(fresh, Catalog, null) - Recall(living, Catalog, null);

        Assert.Equal(Rows, living.Snapshot.Count);
        Assert.InRange(difference, -1, 0.005);
    }

    [Fact]
    public async Task Search_Warm_AllocatesNothing()
    {
        var index = await Built.Value;
        var reader = new IndexReader(Settings);
        var best = new Neighbor[10];
        reader.Search(index.Snapshot, Queries[0], best, null, -1, CancellationToken.None);
        reader.Search(index.Snapshot, Queries[1], best, null, -1, CancellationToken.None);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            reader.Search(index.Snapshot, Queries[i], best, null, -1, CancellationToken.None);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static async Task<VectorIndex> BuildAsync(FeatureMatrix rows)
    {
        var index = new VectorIndex(Settings);
        index.Upsert([.. Enumerable.Range(0, rows.Rows)], rows);
        await index.OptimizeAsync(CancellationToken.None);
        return index;
    }

    private static double Recall(VectorIndex index, FeatureMatrix rows, RowFilter? filter)
    {
        var exact = new IndexReader(Settings with { Recall = 1 });
        var reader = new IndexReader(Settings);
        Assert.Equal(rows.Rows, index.Snapshot.Count);
        int hits = 0, wanted = 0;
        Neighbor[] truth = new Neighbor[10], best = new Neighbor[10];
        for (var i = 0; i < Queries.Rows; i++)
        {
            var all = exact.Search(index.Snapshot, Queries[i], truth, filter, -1, CancellationToken.None);
            var found = reader.Search(index.Snapshot, Queries[i], best, filter, -1, CancellationToken.None);
            hits += truth[..all].Intersect(best[..found]).Count();
            wanted += all;
        }
        return hits / (double)wanted;
    }
}
