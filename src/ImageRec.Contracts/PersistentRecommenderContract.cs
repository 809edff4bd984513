using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Contracts;

/// <summary>
/// Tests what every <see cref="IPersistentRecommender"/> promises beyond <see cref="RecommenderContract"/>. Inherit both and say how yours
/// is made.
/// </summary>
public abstract class PersistentRecommenderContract
{
    private const int Rows = 400;
    private const int Dimensions = 12;

    // Damage is tried at this many positions of a state.
    private const int Positions = 50;
    private static readonly FeatureMatrix Catalog = SampleRows.Unit(Rows, Dimensions);
    private static readonly FeatureMatrix Queries = SampleRows.Unit(4, Dimensions, seed: 9);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes the recommender under test: empty, and answering exactly. Each call makes one that works alike.</summary>
    protected abstract IPersistentRecommender Create();

    /// <summary>
    /// Lets a recommender learn what it can of the rows it holds, before its state is saved. Does nothing unless overridden.
    /// </summary>
    /// <param name="recommender">Made by <see cref="Create"/>.</param>
    /// <param name="cancellationToken">Stops the learning.</param>
    protected virtual Task LearnAsync(IPersistentRecommender recommender, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>A recommender loaded from a state answers as the one that wrote it, and reads no more than its own state.</summary>
    [Fact]
    public async Task SaveAndLoad_SameRows_AnswersAlike()
    {
        await using var saved = await FilledAsync(Catalog);
        using var state = await SaveAsync(saved);
        var length = state.Length;
        state.Position = length;
        state.WriteByte(255);
        state.Position = 0;

        await using var loaded = Create();
        await loaded.LoadStateAsync(state, new SampleRowSource(Catalog), Token);

        Assert.Equal(length, state.Position);
        Assert.Equal(Rows, loaded.Count);
        for (var i = 0; i < Queries.Rows; i++)
            Assert.Equal(await AnswersAsync(saved, Queries.RowMemory(i)), await AnswersAsync(loaded, Queries.RowMemory(i)));
    }

    /// <summary>A loaded recommender has every row, and copies none of the row source's buffers by reference.</summary>
    [Fact]
    public async Task Load_Rows_AreHeld()
    {
        await using var saved = await FilledAsync(Catalog);
        using var state = await SaveAsync(saved);
        await using var loaded = Create();

        await loaded.LoadStateAsync(state, new SampleRowSource(Catalog), Token);

        var row = new float[Dimensions];
        for (var key = 0; key < Rows; key += 7)
        {
            Assert.True(await loaded.TryGetRowAsync(key, row, Token));
            for (var j = 0; j < Dimensions; j++)
                Assert.Equal(Catalog[key][j], row[j], 1e-6f);
        }
    }

    /// <summary>Rows that were changed, added or removed since the state was written are answered from as they are now.</summary>
    [Fact]
    public async Task Load_RowsChangedSince_AnswersFromTheRowsThereAre()
    {
        await using var saved = await FilledAsync(Catalog);
        using var state = await SaveAsync(saved);
        var rows = new SampleRowSource(Catalog);
        var other = SampleRows.Unit(60, Dimensions, seed: 3);
        for (var i = 0; i < 20; i++)
            rows.Set(i * 3, other[i]);
        for (var i = 20; i < 40; i++)
            rows.Set(Rows + i, other[i]);
        for (var i = 40; i < 60; i++)
            rows.Remove(i * 5);

        await CheckLoadAsync(state, rows);
    }

    /// <summary>Rows that share nothing with those of the state, not even their dimensions, are answered from as they are.</summary>
    [Fact]
    public async Task Load_OtherRows_AnswersFromTheRowsThereAre()
    {
        await using var saved = await FilledAsync(SampleRows.Unit(30, Dimensions + 5, seed: 4));
        using var state = await SaveAsync(saved);

        await CheckLoadAsync(state, new SampleRowSource(Catalog));
    }

    /// <summary>The state of an empty recommender loads into an empty one, and takes in rows that were added since.</summary>
    [Fact]
    public async Task SaveAndLoad_NothingHeld_HoldsTheRowsThereAre()
    {
        await using var empty = Create();
        using var state = await SaveAsync(empty);
        await using (var loaded = Create())
        {
            await loaded.LoadStateAsync(state, new SampleRowSource(new FeatureMatrix(0, Dimensions)), Token);
            Assert.Equal(0, loaded.Count);
        }
        state.Position = 0;

        await CheckLoadAsync(state, new SampleRowSource(Catalog));
    }

    /// <summary>A recommender whose rows are all gone is empty after loading.</summary>
    [Fact]
    public async Task Load_AllRowsGone_IsEmpty()
    {
        await using var saved = await FilledAsync(Catalog);
        using var state = await SaveAsync(saved);
        await using var loaded = Create();

        await loaded.LoadStateAsync(state, new SampleRowSource(new FeatureMatrix(0, Dimensions)), Token);

        Assert.Equal(0, loaded.Count);
        Assert.Equal(0, await loaded.SearchAsync(Queries.RowMemory(0), new Neighbor[3], cancellationToken: Token));
    }

    /// <summary>A loaded recommender takes changes as any other.</summary>
    [Fact]
    public async Task Load_ChangesAfterwards_AgreeWithAPlainLoop()
    {
        await using var saved = await FilledAsync(Catalog);
        using var state = await SaveAsync(saved);
        var rows = new SampleRowSource(Catalog);
        await using var loaded = Create();
        await loaded.LoadStateAsync(state, rows, Token);
        var plain = rows.ToRanking();
        var other = SampleRows.Unit(2, Dimensions, seed: 6);

        await loaded.UpsertAsync(new[] { 5, Rows + 1 }, other, Token);
        await loaded.RemoveAsync(new[] { 17 }, Token);
        plain.Upsert(5, other[0]);
        plain.Upsert(Rows + 1, other[1]);
        plain.Remove(17);

        await CheckAsync(loaded, plain);
    }

    /// <summary>
    /// A state with a changed byte is refused with <see cref="InvalidDataException"/> before a row is read; the recommender stays empty and
    /// usable.
    /// </summary>
    [Fact]
    public async Task Load_ByteDamaged_ReadsNoRowAndStaysEmpty()
    {
        await using var saved = await FilledAsync(Catalog);
        using var state = await SaveAsync(saved);
        var bytes = state.ToArray();
        for (var position = 0; position < bytes.Length; position += Step(bytes))
        {
            bytes[position] ^= 0x40;
            await CheckRefusedAsync(bytes);
            bytes[position] ^= 0x40;
        }
    }

    /// <summary>A state that was cut short anywhere is refused with <see cref="InvalidDataException"/> before a row is read.</summary>
    [Fact]
    public async Task Load_StateCutShort_ReadsNoRowAndStaysEmpty()
    {
        await using var saved = await FilledAsync(Catalog);
        using var state = await SaveAsync(saved);
        var bytes = state.ToArray();
        for (var length = 0; length < bytes.Length; length += Step(bytes))
            await CheckRefusedAsync(bytes[..length]);
    }

    /// <summary>Other data is refused with <see cref="InvalidDataException"/> before a row is read.</summary>
    [Fact]
    public async Task Load_OtherData_ReadsNoRowAndStaysEmpty() => await CheckRefusedAsync([.. Enumerable.Repeat((byte)'x', 4096)]);

    /// <summary>A recommender that holds rows refuses to load, and keeps its rows.</summary>
    [Fact]
    public async Task Load_RowsHeldAlready_IsRefusedAndKeepsThem()
    {
        await using var saved = await FilledAsync(Catalog);
        using var state = await SaveAsync(saved);

        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await saved.LoadStateAsync(state, new SampleRowSource(Catalog), Token));

        await CheckAsync(saved, new SampleRowSource(Catalog).ToRanking());
    }

    /// <summary>
    /// A canceled call throws <see cref="OperationCanceledException"/>; what was to be loaded stays empty, what was to be saved keeps its
    /// rows.
    /// </summary>
    [Fact]
    public async Task Canceled_AnyCall_StopsAndChangesNothing()
    {
        await using var saved = await FilledAsync(Catalog);
        using var state = await SaveAsync(saved);
        var stopped = new CancellationToken(canceled: true);
        await using var loaded = Create();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await saved.SaveStateAsync(new MemoryStream(), stopped));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await loaded.LoadStateAsync(state, new SampleRowSource(Catalog), stopped));

        Assert.Equal(0, loaded.Count);
        await CheckAsync(saved, new SampleRowSource(Catalog).ToRanking());
    }

    /// <summary>Saving leaves the stream open, and may be repeated.</summary>
    [Fact]
    public async Task Save_Twice_LeavesTheStreamOpenAndWritesTheSame()
    {
        await using var saved = await FilledAsync(Catalog);
        using var first = await SaveAsync(saved);
        using var second = await SaveAsync(saved);

        Assert.True(first.CanWrite);
        Assert.Equal(first.ToArray(), second.ToArray());
    }

    private static int Step(byte[] bytes) => Math.Max(1, bytes.Length / Positions);

    private async Task<IPersistentRecommender> FilledAsync(FeatureMatrix rows)
    {
        var recommender = Create();
        await recommender.UpsertAsync(Enumerable.Range(0, rows.Rows).ToArray(), rows, Token);
        await LearnAsync(recommender, Token);
        return recommender;
    }

    private static async Task<MemoryStream> SaveAsync(IPersistentRecommender recommender)
    {
        var state = new MemoryStream();
        await recommender.SaveStateAsync(state, Token);
        state.Position = 0;
        return state;
    }

    private async Task CheckLoadAsync(Stream state, SampleRowSource rows)
    {
        await using var loaded = Create();
        await loaded.LoadStateAsync(state, rows, Token);
        await CheckAsync(loaded, rows.ToRanking());
    }

    private async Task CheckRefusedAsync(byte[] state)
    {
        var rows = new SampleRowSource(Catalog);
        await using var loaded = Create();

        await Assert.ThrowsAsync<InvalidDataException>(async () => await loaded.LoadStateAsync(new MemoryStream(state), rows, Token));

        Assert.Equal(0, rows.Enumerated);
        Assert.Equal(0, loaded.Count);
        await loaded.UpsertAsync(new[] { 3 }, Catalog.Select([3]), Token);
        Assert.Equal(1, loaded.Count);
    }

    private static async Task CheckAsync(IRecommender recommender, PlainRanking plain)
    {
        Assert.Equal(plain.Count, recommender.Count);
        for (var i = 0; i < Queries.Rows; i++)
        {
            foreach (var count in new[] { 1, 10, plain.Count + 5 })
                await plain.CheckSearchAsync(recommender, Queries.RowMemory(i), count);
        }
    }

    private static async Task<(int Key, float Score)[]> AnswersAsync(IRecommender recommender, ReadOnlyMemory<float> query)
    {
        var best = new Neighbor[Rows + 10];
        var found = await recommender.SearchAsync(query, best, cancellationToken: Token);
        return [.. best[..found].Select(answer => (answer.Key, answer.Score))];
    }
}
