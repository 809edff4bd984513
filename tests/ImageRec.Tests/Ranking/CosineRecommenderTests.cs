using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Tests.Indexing;
using ImageRec.Vectors;

namespace ImageRec.Tests.Ranking;

/// <summary>What it says of itself, and how it refuses, beside what every recommender promises.</summary>
public sealed class CosineRecommenderTests
{
    private const int Rows = 3000;

    // So few that they are compared one by one until they are asked to be coded.
    private const int FewRows = 500;
    private const int Dimensions = 20;
    private static readonly FeatureMatrix s_rows = ClusteredRows.Create(Rows, Dimensions, seed: 1);
    private static readonly FeatureMatrix s_queries = ClusteredRows.Create(5, Dimensions, seed: 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Name_Always_IsCosine()
    {
        await using var recommender = new CosineRecommender();

        Assert.Equal("cosine", recommender.Name);
    }

    [Fact]
    public async Task AnyCall_Null_NamesTheParameter()
    {
        await using var recommender = new CosineRecommender();

        await NamesAsync("unitRows", () => recommender.UpsertAsync(new int[1], null!, Token).AsTask());
        await NamesAsync("destination", () => recommender.SaveStateAsync(null!, Token).AsTask());
        await NamesAsync("source", () => recommender.LoadStateAsync(null!, new RowTable(s_rows), Token).AsTask());
        await NamesAsync("rows", () => recommender.LoadStateAsync(new MemoryStream(), null!, Token).AsTask());

        static async Task NamesAsync(string parameter, Func<Task> call) =>
            Assert.Equal(parameter, (await Assert.ThrowsAsync<ArgumentNullException>(call)).ParamName);
    }

    [Fact]
    public async Task Upsert_NegativeKey_IsRefusedAndChangesNothing()
    {
        await using var recommender = await FillAsync(new CosineOptions());

        var error = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(
            async () => await recommender.UpsertAsync(new[] { Rows, -1 }, ClusteredRows.Create(2, Dimensions, seed: 9), Token));

        Assert.Equal("keys", error.ParamName);
        Assert.Equal(Rows, recommender.Count);
    }

    [Fact]
    public async Task Upsert_NumberNotFinite_NamesRowAndKey()
    {
        await using var recommender = new CosineRecommender();
        var rows = ClusteredRows.Create(3, Dimensions, seed: 9);
        rows[1][4] = float.NaN;

        var error = await Assert.ThrowsAsync<ArgumentException>(
            async () => await recommender.UpsertAsync(new[] { 40, 41, 42 }, rows, Token));

        Assert.StartsWith("Row 1 (key 41) holds a value that is not finite.", error.Message, StringComparison.Ordinal);
        Assert.Equal("unitRows", error.ParamName);
        Assert.Equal(0, recommender.Count);
    }

    [Fact]
    public async Task Upsert_RowsOfAnotherLength_NamesWhatIsHeld()
    {
        await using var recommender = await FillAsync(new CosineOptions());

        var error = await Assert.ThrowsAsync<ArgumentException>(
            async () => await recommender.UpsertAsync(new[] { 1 }, ClusteredRows.Create(1, 7, seed: 9), Token));

        Assert.StartsWith("Rows have 7 dimensions; the rows held have 20.", error.Message, StringComparison.Ordinal);
        Assert.Equal("unitRows", error.ParamName);
    }

    [Fact]
    public async Task Search_QueryThatCannotBe_IsRefused()
    {
        await using var recommender = await FillAsync(new CosineOptions());
        var broken = s_queries[0].ToArray();
        broken[3] = float.PositiveInfinity;

        var length = await Assert.ThrowsAsync<ArgumentException>(
            async () => await recommender.SearchAsync(new float[7], new Neighbor[1], cancellationToken: Token));
        var number = await Assert.ThrowsAsync<ArgumentException>(
            async () => await recommender.SearchAsync(broken, new Neighbor[1], cancellationToken: Token));
        var score = await Assert.ThrowsAsync<ArgumentException>(
            async () => await recommender.SearchAsync(s_queries.RowMemory(0), new Neighbor[1], null, float.NaN, Token));

        Assert.StartsWith("The query has 7 dimensions; the rows held have 20.", length.Message, StringComparison.Ordinal);
        Assert.StartsWith("The query holds a value that is not finite.", number.Message, StringComparison.Ordinal);
        Assert.StartsWith("The least score is not a number.", score.Message, StringComparison.Ordinal);
        Assert.Equal(["unitQuery", "unitQuery", "minScore"], new[] { length.ParamName, number.ParamName, score.ParamName });
    }

    [Fact]
    public async Task TryGetRow_RoomOfAnotherLength_QuotesBoth()
    {
        await using var recommender = await FillAsync(new CosineOptions());

        var error = await Assert.ThrowsAsync<ArgumentException>(async () => await recommender.TryGetRowAsync(1, new float[19], Token));

        Assert.StartsWith("There is room for 19 values; rows have 20.", error.Message, StringComparison.Ordinal);
        Assert.Equal("row", error.ParamName);
    }

    [Fact]
    public async Task Optimize_RowsNotCodedYet_CodesAllOfThem()
    {
        await using var recommender = await FillAsync(new CosineOptions(), FewRows);
        var before = recommender.Describe();

        await recommender.OptimizeAsync(Token);

        var after = recommender.Describe();
        Assert.Equal(FewRows, before.UncodedRows);
        Assert.Equal((FewRows, Dimensions, 1, 0), (after.Rows, after.Dimensions, after.Segments, after.UncodedRows));
        Assert.Equal(0, before.Cells);
        Assert.InRange(after.Cells, 1, FewRows);
        Assert.True(after.Bytes > FewRows * Dimensions * sizeof(float));
    }

    [Fact]
    public async Task Optimize_Canceled_LeavesTheRowsAsTheyWere()
    {
        await using var recommender = await FillAsync(new CosineOptions(), FewRows);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recommender.OptimizeAsync(new CancellationToken(canceled: true)));

        Assert.Equal(FewRows, recommender.Describe().UncodedRows);
    }

    [Fact]
    public async Task Describe_NothingHeld_IsZeroAndExact()
    {
        await using var recommender = new CosineRecommender(new CosineOptions { Recall = 0.9 });

        var report = recommender.Describe();

        Assert.Equal(new CosineReport(0, 0, 0, 0, 0, report.Bytes, 1), report);
    }

    [Fact]
    public async Task Describe_RecallStated_IsWhatWasMeasured()
    {
        await using var exact = await FillAsync(new CosineOptions(), rows: 20_000);
        await using var approximate = await FillAsync(new CosineOptions { Recall = 0.7 }, rows: 20_000);
        await exact.OptimizeAsync(Token);
        await approximate.OptimizeAsync(Token);

        Assert.Equal(1, exact.Describe().Recall);
        Assert.InRange(approximate.Describe().Recall, 0.7, 0.999);
        Assert.Equal(approximate.Index.Snapshot.Segments[0].Segment.Tuning.Recall, approximate.Describe().Recall);
    }

    [Fact]
    public async Task Describe_SeveralSegments_AddsThemUp()
    {
        await using var recommender = await FillAsync(new CosineOptions { Recall = 0.7 }, rows: 20_000);
        await recommender.OptimizeAsync(Token);
        var first = recommender.Describe();
        await recommender.UpsertAsync(Enumerable.Range(20_000, 1100).ToArray(), ClusteredRows.Create(1100, Dimensions, seed: 3), Token);
        await recommender.SettleAsync();

        var report = recommender.Describe();

        var second = recommender.Index.Snapshot.Segments[1].Segment;
        Assert.Equal((21_100, 2, 0), (report.Rows, report.Segments, report.UncodedRows));
        Assert.Equal(first.Cells + second.Cells.Count, report.Cells);
        Assert.Equal(((20_000 * first.Recall) + (1100 * second.Tuning.Recall)) / 21_100, report.Recall, 1e-12);
        Assert.NotEqual(first.Recall, second.Tuning.Recall);
    }

    [Fact]
    public async Task AnyCall_AfterDispose_NamesIt()
    {
        var recommender = await FillAsync(new CosineOptions());
        await recommender.DisposeAsync();
        await recommender.DisposeAsync();

        await IsGoneAsync(() => recommender.UpsertAsync(new int[1], ClusteredRows.Create(1, Dimensions, seed: 9), Token).AsTask());
        await IsGoneAsync(() => recommender.RemoveAsync(new int[1], Token).AsTask());
        await IsGoneAsync(() => recommender.SearchAsync(s_queries.RowMemory(0), new Neighbor[1], cancellationToken: Token).AsTask());
        await IsGoneAsync(() => recommender.TryGetRowAsync(1, new float[Dimensions], Token).AsTask());
        await IsGoneAsync(() => recommender.OptimizeAsync(Token));
        await IsGoneAsync(() => recommender.SaveStateAsync(new MemoryStream(), Token).AsTask());
        await IsGoneAsync(() => recommender.LoadStateAsync(new MemoryStream(), new RowTable(s_rows), Token).AsTask());

        static async Task IsGoneAsync(Func<Task> call) =>
            Assert.Equal(nameof(CosineRecommender), (await Assert.ThrowsAsync<ObjectDisposedException>(call)).ObjectName);
    }

    [Fact]
    public async Task Dispose_WhileASearchGoesOn_WaitsForIt()
    {
        var recommender = await FillAsync(new CosineOptions());
        using var begun = new SemaphoreSlim(0);
        using var goOn = new ManualResetEventSlim();
        var search = Task.Run(
            async () => await recommender.SearchAsync(
                s_queries.RowMemory(0), new Neighbor[1],
                _ =>
                {
                    begun.Release();
                    goOn.Wait(Token);
                    return true;
                },
                cancellationToken: Token),
            Token);
        await begun.WaitAsync(Token);

        var disposal = recommender.DisposeAsync().AsTask();

        Assert.False(disposal.IsCompleted);
        goOn.Set();
        Assert.Equal(1, await search);
        await disposal;
    }

    private static async Task<CosineRecommender> FillAsync(CosineOptions options, int rows = Rows)
    {
        var recommender = new CosineRecommender(options);
        await recommender.UpsertAsync(
            Enumerable.Range(0, rows).ToArray(), rows == Rows ? s_rows : ClusteredRows.Create(rows, Dimensions, seed: 1), Token);
        await recommender.SettleAsync();
        return recommender;
    }
}
