using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Tests.Indexing;

/// <summary>Exact answers are those of a float scan, bit for bit, whatever the rows are like.</summary>
public sealed class ExactSearchTests
{
    private static readonly IndexSettings ManyCells = new(1, 1, 2, null) { LeastRowsForCells = 64, TailRows = 64 };

    [Theory]
    [InlineData(3000, 1)]
    [InlineData(3000, 2)]
    [InlineData(3000, 3)]
    [InlineData(3000, 17)]
    [InlineData(3000, 64)]
    [InlineData(4000, 128)]
    [InlineData(1500, 300)]
    [InlineData(300, 1031)]
    public async Task Search_ClusteredRows_EqualsTheFloatScan(int rows, int dimensions) =>
        await CheckAsync(ClusteredRows.Create(rows, dimensions, seed: 1), ClusteredRows.Create(20, dimensions, seed: 2));

    [Fact]
    public async Task Search_RowsWithOneLargeNumber_EqualsTheFloatScan()
    {
        var rows = ClusteredRows.Create(2000, 40, seed: 3);
        for (var i = 0; i < rows.Rows; i++)
            rows[i][i % 40] = 5;
        UnitRows.Normalize(rows);

        await CheckAsync(rows, rows.Select([0, 7, 1999]));
    }

    [Fact]
    public async Task Search_SparseRows_EqualsTheFloatScan()
    {
        var random = new Random(4);
        var rows = new FeatureMatrix(2000, 200);
        for (var i = 0; i < rows.Rows; i++)
        {
            for (var k = 0; k < 6; k++)
                rows[i][random.Next(200)] = random.NextSingle();
        }
        UnitRows.Normalize(rows);

        await CheckAsync(rows, rows.Select([1, 2, 3]));
    }

    [Fact]
    public async Task Search_EqualAndOppositeAndZeroRows_EqualsTheFloatScan()
    {
        var rows = ClusteredRows.Create(1000, 24, seed: 5, groups: 3);
        for (var i = 0; i < 900; i++)
        {
            var row = rows[i % 3];
            row.CopyTo(rows[i]);
            for (var j = 0; i % 5 == 1 && j < 24; j++)
                rows[i][j] = -rows[i][j];
            if (i % 7 == 3)
                rows[i].Clear();
        }
        var queries = rows.Select([0, 1, 2, 3, 950]);
        queries[3].Clear();

        await CheckAsync(rows, queries);
    }

    private static async Task CheckAsync(FeatureMatrix rows, FeatureMatrix queries)
    {
        await using var index = new VectorIndex(ManyCells);
        var reader = new IndexReader(ManyCells);
        index.Upsert([.. Enumerable.Range(0, rows.Rows)], rows);
        await index.OptimizeAsync(TestContext.Current.CancellationToken);
        Assert.Empty(index.Snapshot.Tail);

        foreach (var (count, filter, minScore) in Variants(rows.Rows))
        {
            for (var i = 0; i < queries.Rows; i++)
            {
                var best = new Neighbor[count];
                var expected = FloatScan.Search(rows, queries[i], count, filter, minScore);
                var found = reader.Search(index.Snapshot, queries[i], best, filter, minScore, TestContext.Current.CancellationToken);
                var answers = best[..found];
                Assert.Equal(expected, answers);
            }
        }
    }

    private static (int Count, RowFilter? Filter, float MinScore)[] Variants(int rows) =>
    [
        (1, null, -1), (10, null, -1), (100, null, -1), (rows, null, -1),
        (10, key => key % 100 == 0, -1), (10, key => key == 17, -1), (10, null, 0.5f), (rows, key => key % 3 == 0, 0.1f),
    ];
}
