using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Tests.Indexing;
using ImageRec.Vectors;

namespace ImageRec.Tests.Ranking;

/// <summary>What is saved comes back; what does not fit the rows any more is not believed.</summary>
public sealed class PersistenceTests
{
    private const int Rows = 9000;
    private const int Dimensions = 20;
    private static readonly FeatureMatrix Catalog = ClusteredRows.Create(Rows, Dimensions, seed: 1);
    private static readonly FeatureMatrix Queries = ClusteredRows.Create(10, Dimensions, seed: 2);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(MemoryMode.Floats)]
    [InlineData(MemoryMode.CodesOnly)]
    public async Task Load_WhatWasSaved_AnswersTheSameWithoutBuilding(MemoryMode memory)
    {
        var rows = new RowTable(Catalog);
        var options = new CosineOptions { Recall = 0.9, Memory = memory, Rows = rows };
        await using var saved = await BuildAsync(options);
        using var state = await SaveAsync(saved);

        await using var loaded = new CosineRecommender(options);
        await loaded.LoadStateAsync(state, rows, Token);

        Assert.Equal(saved.Describe() with { Bytes = 0 }, loaded.Describe() with { Bytes = 0 });
        Assert.Equal(0, loaded.Describe().UncodedRows);
        Assert.Equal(await AnswersAsync(saved), await AnswersAsync(loaded));
    }

    [Theory]
    [InlineData(MemoryMode.Floats)]
    [InlineData(MemoryMode.CodesOnly)]
    public async Task Load_RowsChangedSince_AnswersFromTheRowsThereAre(MemoryMode memory)
    {
        var rows = new RowTable(Catalog);
        var options = new CosineOptions { Memory = memory, Rows = rows };
        await using var saved = await BuildAsync(options);
        using var state = await SaveAsync(saved);
        var other = ClusteredRows.Create(300, Dimensions, seed: 5);
        for (var i = 0; i < 100; i++)
            rows.Values[i] = other[i].ToArray();
        for (var i = 100; i < 200; i++)
            rows.Values[Rows + i] = other[i].ToArray();
        for (var i = 200; i < 300; i++)
            rows.Values.Remove(i);

        await using var loaded = new CosineRecommender(options);
        await loaded.LoadStateAsync(state, rows, Token);

        Assert.Equal(Rows, loaded.Count);
        for (var i = 0; i < Queries.Rows; i++)
        {
            var best = new Neighbor[50];
            await loaded.SearchAsync(Queries.RowMemory(i), best, cancellationToken: Token);
            Assert.Equal(FloatScan.Search(rows.Values, Queries[i], 50), best);
        }
    }

    [Fact]
    public async Task Load_NothingWasHeld_HoldsTheRowsThereAre()
    {
        await using var empty = new CosineRecommender();
        using var state = await SaveAsync(empty);

        await using var loaded = new CosineRecommender();
        await loaded.LoadStateAsync(state, new RowTable(Catalog), Token);

        Assert.Equal(Rows, loaded.Count);
    }

    [Fact]
    public async Task Load_DamagedAnywhere_IsRefusedAndLoadsNothing()
    {
        await using var saved = await BuildAsync(new CosineOptions());
        using var state = await SaveAsync(saved);
        var random = new Random(1);
        for (var trial = 0; trial < 60; trial++)
        {
            var damaged = state.ToArray();
            if (trial % 2 == 0)
                damaged[trial < 30 ? trial : random.Next(damaged.Length)] ^= 64;
            else
                damaged = damaged[..random.Next(damaged.Length)];
            await using var loaded = new CosineRecommender();

            await Assert.ThrowsAsync<InvalidDataException>(
                async () => await loaded.LoadStateAsync(new MemoryStream(damaged), new RowTable(Catalog), Token));

            Assert.Equal(0, loaded.Count);
        }
    }

    [Fact]
    public async Task Load_RowsAreHeldAlready_IsRefused()
    {
        await using var saved = await BuildAsync(new CosineOptions());
        using var state = await SaveAsync(saved);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await saved.LoadStateAsync(state, new RowTable(Catalog), Token));

        Assert.Contains("9000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Save_SameRowsAndSeed_GivesTheSameBytes()
    {
        await using var first = await BuildAsync(new CosineOptions { Recall = 0.9 });
        await using var second = await BuildAsync(new CosineOptions { Recall = 0.9, Threads = 1 });

        Assert.Equal((await SaveAsync(first)).ToArray(), (await SaveAsync(second)).ToArray());
    }

    [Fact]
    public async Task Describe_CodesOnly_HoldsLessThanTwoFifthsOfTheFloats()
    {
        var wide = ClusteredRows.Create(Rows, 128, seed: 3);
        await using var recommender = new CosineRecommender(new CosineOptions { Memory = MemoryMode.CodesOnly, Rows = new RowTable(wide) });
        await recommender.UpsertAsync(Enumerable.Range(0, Rows).ToArray(), wide, Token);
        await recommender.OptimizeAsync(Token);

        Assert.InRange(recommender.Describe().Bytes / (Rows * 128.0 * sizeof(float)), 0.1, 0.4);
    }

    private static async Task<CosineRecommender> BuildAsync(CosineOptions options)
    {
        var recommender = new CosineRecommender(options);
        await recommender.UpsertAsync(Enumerable.Range(0, Rows).ToArray(), Catalog, Token);
        await recommender.OptimizeAsync(Token);
        return recommender;
    }

    private static async Task<MemoryStream> SaveAsync(CosineRecommender recommender)
    {
        var state = new MemoryStream();
        await recommender.SaveStateAsync(state, Token);
        state.Position = 0;
        return state;
    }

    private static async Task<Neighbor[]> AnswersAsync(CosineRecommender recommender)
    {
        var answers = new List<Neighbor>();
        var best = new Neighbor[10];
        for (var i = 0; i < Queries.Rows; i++)
        {
            var found = await recommender.SearchAsync(Queries.RowMemory(i), best, cancellationToken: Token);
            answers.AddRange(best[..found]);
        }
        return [.. answers];
    }
}
