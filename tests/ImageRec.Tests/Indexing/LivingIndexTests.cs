using CsCheck;
using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Tests.Indexing;

/// <summary>After any sequence of changes the index answers as a plain model of the rows does.</summary>
public sealed class LivingIndexTests
{
    private const int Dimensions = 12;

    private static readonly Gen<(int Kind, int First, int Count, int Step, int Seed)> Change =
        Gen.Select(Gen.Int[0, 9], Gen.Int[0, 400], Gen.Int[1, 120], Gen.Int[1, 5], Gen.Int[0, 1000]);

    [Fact]
    public async Task Search_AnyChanges_EqualsTheModel() => await Change.List[1, 25].SampleAsync(
        async changes =>
        {
            var settings = new IndexSettings(1, 1, 1, null) { TailRows = 90, LeastRowsForCells = 60 };
            await using var index = new VectorIndex(settings);
            var reader = new IndexReader(settings);
            var model = new SortedDictionary<int, float[]>();
            foreach (var change in changes)
            {
                await ApplyAsync(change, index, model);
                Check(index, reader, model, change.Seed);
            }
            await index.Maintenance;
            Check(index, reader, model, 1);
        },
        iter: 60);

    [Fact]
    public async Task Maintenance_ManySmallChanges_LeavesFewSegments()
    {
        var settings = new IndexSettings(1, 1, 2, null) { TailRows = 100, LeastRowsForCells = 200 };
        await using var index = new VectorIndex(settings);
        var rows = ClusteredRows.Create(5000, Dimensions, seed: 1);

        for (var first = 0; first < 5000; first += 50)
        {
            var keys = Enumerable.Range(first, 50).ToArray();
            index.Upsert(keys, rows.Select(keys));
            await index.Maintenance;
        }

        Assert.Equal(5000, index.Snapshot.Count);
        Assert.InRange(index.Snapshot.Segments.Length, 1, 6);
        Assert.InRange(index.Snapshot.TailRows, 0, settings.TailRows);
        Assert.Contains(index.Snapshot.Segments, part => part.Segment.Cells.Count > 1);
    }

    [Fact]
    public async Task Maintenance_MostRowsRemoved_ReclaimsTheirRoom()
    {
        var settings = new IndexSettings(1, 1, 2, null) { TailRows = 100 };
        await using var index = new VectorIndex(settings);
        index.Upsert([.. Enumerable.Range(0, 1000)], ClusteredRows.Create(1000, Dimensions, seed: 1));
        await index.Maintenance;

        index.Remove([.. Enumerable.Range(0, 900)]);
        await index.Maintenance;

        Assert.Equal(100, index.Snapshot.Count);
        Assert.Equal(100, index.Snapshot.Segments.Sum(part => part.Segment.Count));
    }

    [Fact]
    public async Task Snapshot_ChangesAfterwards_KeepsItsAnswers()
    {
        var settings = new IndexSettings(1, 1, 2, null) { TailRows = 100 };
        await using var index = new VectorIndex(settings);
        var reader = new IndexReader(settings);
        var rows = ClusteredRows.Create(500, Dimensions, seed: 1);
        index.Upsert([.. Enumerable.Range(0, 500)], rows);
        await index.Maintenance;
        var before = index.Snapshot;

        index.Remove([.. Enumerable.Range(0, 400)]);
        index.Upsert([450], ClusteredRows.Create(1, Dimensions, seed: 9));
        await index.OptimizeAsync(TestContext.Current.CancellationToken);

        var best = new Neighbor[20];
        Assert.Equal(20, reader.Search(before, rows[3], best, null, -1, TestContext.Current.CancellationToken));
        Assert.Equal(FloatScan.Search(rows, rows[3], 20), best);
    }

    private static async Task ApplyAsync(
        (int Kind, int First, int Count, int Step, int Seed) change, VectorIndex index, SortedDictionary<int, float[]> model)
    {
        var keys = Enumerable.Range(0, change.Count).Select(i => change.First + i * change.Step).ToArray();
        switch (change.Kind)
        {
            case < 6:
                var rows = ClusteredRows.Create(keys.Length, Dimensions, change.Seed, groups: 8);
                index.Upsert(keys, rows);
                for (var i = 0; i < keys.Length; i++)
                    model[keys[i]] = rows[i].ToArray();
                break;
            case < 8:
                index.Remove(keys);
                foreach (var key in keys)
                    model.Remove(key);
                break;
            case 8:
                await index.Maintenance;
                break;
            default:
                await index.OptimizeAsync(CancellationToken.None);
                break;
        }
    }

    private static void Check(VectorIndex index, IndexReader reader, SortedDictionary<int, float[]> model, int seed)
    {
        Assert.Equal(model.Count, index.Snapshot.Count);
        var query = ClusteredRows.Create(1, Dimensions, seed + 1, groups: 8)[0];
        var best = new Neighbor[1 + seed % 40];
        RowFilter? filter = seed % 3 == 0 ? key => key % 4 == 0 : null;
        var found = reader.Search(index.Snapshot, query, best, filter, -1, CancellationToken.None);
        Assert.Equal(FloatScan.Search(model, query, best.Length, filter), best[..found]);
        var row = new float[Dimensions];
        Assert.Equal(model.TryGetValue(seed, out var held), index.Snapshot.TryGetRow(seed, row));
        Assert.Equal(held ?? new float[Dimensions], row);
    }
}
