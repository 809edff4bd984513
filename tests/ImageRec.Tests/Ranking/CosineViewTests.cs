using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Tests.Indexing;
using ImageRec.Vectors;

namespace ImageRec.Tests.Ranking;

/// <summary>A view answers from the rows there were when it was taken.</summary>
public sealed class CosineViewTests
{
    private const int Rows = 9000;
    private const int Dimensions = 20;
    private static readonly FeatureMatrix s_rows = ClusteredRows.Create(Rows, Dimensions, seed: 1);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Search_RowsReplacedAndRemovedSince_AnswersFromThoseThereWere()
    {
        await using var recommender = await FillAsync(new CosineOptions());
        using var view = recommender.TakeView();
        await recommender.RemoveAsync(new[] { 0 }, Token);
        await recommender.UpsertAsync(new[] { 1 }, Opposite(1), Token);
        await recommender.SettleAsync();

        foreach (var key in new[] { 0, 1 })
        {
            var (best, row) = (new Neighbor[1], new float[Dimensions]);
            Assert.Equal(1, await view.SearchAsync(s_rows.RowMemory(key), best, null, -1, Token));
            Assert.Equal(key, best[0].Key);
            Assert.True(await view.TryGetRowAsync(key, row, Token));
            Assert.Equal(s_rows[key].ToArray(), row);
        }
        Assert.False(await recommender.TryGetRowAsync(0, new float[Dimensions], Token));
    }

    [Fact]
    public async Task Search_RowAddedSince_DoesNotFindIt()
    {
        await using var recommender = await FillAsync(new CosineOptions());
        using var view = recommender.TakeView();
        await recommender.UpsertAsync(new[] { Rows }, Opposite(5), Token);

        Assert.False(await view.TryGetRowAsync(Rows, new float[Dimensions], Token));
        Assert.Equal(Rows, await view.SearchAsync(s_rows.RowMemory(0), new Neighbor[Rows + 1], null, -1, Token));
    }

    [Fact]
    public async Task Search_FilterAndMinScore_Hold()
    {
        await using var recommender = await FillAsync(new CosineOptions());
        using var view = recommender.TakeView();
        var best = new Neighbor[Rows];

        var found = await view.SearchAsync(s_rows.RowMemory(3), best, key => key != 3, 0.8f, Token);

        Assert.Equal(FloatScan.Search(s_rows, s_rows[3], Rows, key => key != 3, 0.8f), best[..found]);
    }

    [Fact]
    public async Task Search_OnlyMergedSince_ForgetsWhatMergingReplaced()
    {
        await using var recommender = await FillAsync(new CosineOptions());
        using var view = recommender.TakeView();
        await recommender.OptimizeAsync(Token);
        // A snapshot that the view held on to could not be freed, so a row's memory is asked for through the view.
        var row = new float[Dimensions];

        Assert.True(await view.TryGetRowAsync(7, row, Token));

        Assert.Equal(s_rows[7].ToArray(), row);
        Assert.Equal(Rows, await view.SearchAsync(s_rows.RowMemory(0), new Neighbor[Rows], null, -1, Token));
    }

    [Fact]
    public async Task GoBack_ChangedSince_MakesTheMomentThePresent()
    {
        await using var recommender = await FillAsync(new CosineOptions());
        using var view = recommender.TakeView();
        await recommender.RemoveAsync(new[] { 0, 1, 2 }, Token);

        view.GoBack();

        Assert.Equal(Rows, recommender.Count);
        Assert.True(await recommender.TryGetRowAsync(2, new float[Dimensions], Token));
    }

    [Fact]
    public async Task With_RowsNotInMemory_ReadsThemFromThere()
    {
        var kept = new RowTable(s_rows);
        await using var recommender = await FillAsync(new CosineOptions { Memory = MemoryMode.CodesOnly, Rows = kept });
        await recommender.OptimizeAsync(Token);
        var lent = new LentRows(new RowTable(s_rows));
        using var view = recommender.TakeView();
        kept.Values.Clear();

        using (var reading = view.With(lent))
        {
            var best = new Neighbor[10];
            Assert.True(await reading.TryGetRowAsync(4, new float[Dimensions], Token));
            Assert.Equal(10, await reading.SearchAsync(s_rows.RowMemory(0), best, null, -1, Token));
            Assert.Equal(FloatScan.Search(s_rows, s_rows[0], 10), best);
            Assert.False(lent.IsDisposed);
        }

        Assert.True(lent.IsDisposed);
        Assert.False(await view.TryGetRowAsync(4, new float[Dimensions], Token));
    }

    private static FeatureMatrix Opposite(int key)
    {
        var row = new FeatureMatrix(1, Dimensions);
        for (var i = 0; i < Dimensions; i++)
            row[0][i] = -s_rows[key][i];
        return row;
    }

    private static async Task<CosineRecommender> FillAsync(CosineOptions options)
    {
        var recommender = new CosineRecommender(options);
        await recommender.UpsertAsync(Enumerable.Range(0, Rows).ToArray(), s_rows, Token);
        return recommender;
    }

    private sealed class LentRows(RowTable rows) : IDisposableRowSource
    {
        public bool IsDisposed { get; private set; }

        public bool TryRead(int key, Span<float> row) => rows.TryRead(key, row);

        public IEnumerable<KeyValuePair<int, ReadOnlyMemory<float>>> ReadAll() => rows.ReadAll();

        public void Dispose() => IsDisposed = true;
    }
}
