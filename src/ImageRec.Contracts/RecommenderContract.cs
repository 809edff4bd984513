using ImageRec.Indexing;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Contracts;

/// <summary>Tests what every <see cref="IRecommender"/> promises. Inherit it and say how yours is made.</summary>
public abstract class RecommenderContract
{
    /// <summary>Makes the recommender under test: empty, and answering exactly.</summary>
    protected abstract IRecommender Create();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>The name is not empty.</summary>
    [Fact]
    public async Task Name_Always_IsPrintable()
    {
        await using var recommender = Create();

        Assert.False(string.IsNullOrWhiteSpace(recommender.Name));
    }

    /// <summary>An empty recommender counts, finds and copies nothing.</summary>
    [Fact]
    public async Task Search_NothingHeld_FindsNothing()
    {
        await using var recommender = Create();

        Assert.Equal(0, recommender.Count);
        Assert.Equal(0, await recommender.SearchAsync(new float[5], new Neighbor[3], cancellationToken: Token));
        Assert.False(await recommender.TryGetRowAsync(0, new float[5], Token));
    }

    /// <summary>Answers equal those of a plain loop, whatever the shape of the rows and the number of answers wanted.</summary>
    /// <param name="rows">Number of rows.</param>
    /// <param name="dimensions">Dimensions per row.</param>
    [Theory]
    [InlineData(1, 7)]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(17, 16)]
    [InlineData(100, 31)]
    [InlineData(1000, 64)]
    [InlineData(1025, 128)]
    [InlineData(300, 257)]
    public async Task Search_AnyShapeAndCount_AgreesWithAPlainLoop(int rows, int dimensions)
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(rows, dimensions));
        var queries = SampleRows.Unit(4, dimensions, seed: 77);

        for (var i = 0; i < queries.Rows; i++)
        {
            foreach (var count in new[] { 0, 1, 2, 5, 10, rows - 1, rows, rows + 1, (2 * rows) + 100 })
                await plain.CheckSearchAsync(recommender, queries.RowMemory(i), count);
        }
    }

    /// <summary>More answers wanted than rows held give the whole ranking.</summary>
    [Fact]
    public async Task Search_MoreAskedForThanHeld_GivesTheWholeRanking()
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(300, 20));

        var answers = await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 20, seed: 5).RowMemory(0), 1000);

        Assert.Equal(300, answers.Length);
    }

    /// <summary>Equal scores are in the order of their keys.</summary>
    [Fact]
    public async Task Search_EqualScores_AreInOrderOfKeys()
    {
        await using var recommender = Create();
        var row = SampleRows.Unit(1, 20);
        int[] keys = [41, 7, 300, 12, 5, 90, 0, 8];
        foreach (var key in keys)
            await recommender.UpsertAsync(new[] { key }, row, Token);

        for (var count = 1; count <= keys.Length; count++)
        {
            var best = new Neighbor[count];
            Assert.Equal(count, await recommender.SearchAsync(row.RowMemory(0), best, cancellationToken: Token));
            Assert.Equal(keys.Order().Take(count), best.Select(answer => answer.Key));
            Assert.Single(best.Select(answer => answer.Score).Distinct());
        }
    }

    /// <summary>A zero row scores 0.</summary>
    [Fact]
    public async Task Search_ZeroRow_ScoresZero()
    {
        await using var recommender = Create();
        var rows = SampleRows.Unit(10, 8);
        rows[4].Clear();
        var plain = await FillAsync(recommender, rows);

        var answers = await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 8, seed: 3).RowMemory(0), 10);

        Assert.Equal(0, answers.Single(answer => answer.Key == 4).Score);
    }

    /// <summary>A zero query scores 0 with every row, in the order of keys.</summary>
    [Fact]
    public async Task Search_ZeroQuery_ScoresZeroWithEveryRowInOrderOfKeys()
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(50, 8));

        var answers = await plain.CheckSearchAsync(recommender, new float[8], 20);

        Assert.Equal(Enumerable.Range(0, 20), answers.Select(answer => answer.Key));
        Assert.All(answers, answer => Assert.Equal(0, answer.Score));
        Assert.Empty(await plain.CheckSearchAsync(recommender, new float[8], 20, minScore: 0.1f));
    }

    /// <summary>A filter leaves rows out and never shortens the answer below the rows that pass.</summary>
    /// <param name="oneIn">One key in so many passes the filter.</param>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(499)]
    [InlineData(2000)]
    public async Task Search_Filter_NeverShortensTheAnswer(int oneIn)
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(1000, 24));
        var queries = SampleRows.Unit(5, 24, seed: 9);

        for (var i = 0; i < queries.Rows; i++)
        {
            foreach (var count in new[] { 1, 5, 100, 1500 })
                await plain.CheckSearchAsync(recommender, queries.RowMemory(i), count, key => key % oneIn == oneIn - 1);
        }
    }

    /// <summary>A least score leaves out what scores less and nothing else.</summary>
    /// <param name="minScore">The least score.</param>
    [Theory]
    [InlineData(-1f)]
    [InlineData(-0.2f)]
    [InlineData(0f)]
    [InlineData(0.3f)]
    [InlineData(0.9f)]
    [InlineData(1.1f)]
    public async Task Search_MinScore_LeavesOutWhatScoresLess(float minScore)
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(500, 24));
        var query = SampleRows.Unit(1, 24, seed: 9).RowMemory(0);

        foreach (var count in new[] { 1, 7, 500, 600 })
        {
            await plain.CheckSearchAsync(recommender, query, count, minScore: minScore);
            await plain.CheckSearchAsync(recommender, query, count, key => key % 3 == 0, minScore);
        }
    }

    /// <summary>A row under a key that is held replaces the row held.</summary>
    [Fact]
    public async Task Upsert_KeyHeldAlready_ReplacesItsRow()
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(30, 12));
        var other = SampleRows.Unit(3, 12, seed: 8);

        await UpsertAsync(recommender, plain, [29, 0, 11], other);

        Assert.Equal(30, recommender.Count);
        Assert.Equal(11, (await plain.CheckSearchAsync(recommender, other.RowMemory(2), 30))[0].Key);
    }

    /// <summary>Adding no rows changes nothing.</summary>
    [Fact]
    public async Task Upsert_NoRows_ChangesNothing()
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(3, 12));

        await recommender.UpsertAsync(ReadOnlyMemory<int>.Empty, new FeatureMatrix(0, 12), Token);

        await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 12).RowMemory(0), 5);
    }

    /// <summary>Rows and keys that change after the call do not change what is held.</summary>
    [Fact]
    public async Task Upsert_RowsAndKeysChangedAfterwards_KeepsWhatItWasGiven()
    {
        await using var recommender = Create();
        var rows = SampleRows.Unit(30, 12);
        var plain = new PlainRanking();
        var keys = Enumerable.Range(0, 30).ToArray();
        await UpsertAsync(recommender, plain, keys, rows);

        rows.Values.Span.Fill(0.1f);
        keys.AsSpan().Fill(2);

        await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 12).RowMemory(0), 30);
    }

    /// <summary>Rows of other dimensions than those held are an error that quotes both and changes nothing.</summary>
    [Fact]
    public async Task Upsert_RowsOfAnotherLength_QuotesBothAndChangesNothing()
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(30, 12));

        var error = await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await recommender.UpsertAsync(new[] { 99 }, SampleRows.Unit(1, 13), Token));

        Assert.Contains("12", error.Message, StringComparison.Ordinal);
        Assert.Contains("13", error.Message, StringComparison.Ordinal);
        await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 12).RowMemory(0), 40);
    }

    /// <summary>Another number of keys than rows is an error that quotes both and changes nothing.</summary>
    [Fact]
    public async Task Upsert_MoreKeysThanRows_QuotesBothAndChangesNothing()
    {
        await using var recommender = Create();

        var error = await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await recommender.UpsertAsync(Enumerable.Range(0, 45).ToArray(), SampleRows.Unit(31, 6), Token));

        Assert.Contains("45", error.Message, StringComparison.Ordinal);
        Assert.Contains("31", error.Message, StringComparison.Ordinal);
        Assert.Equal(0, recommender.Count);
    }

    /// <summary>A value that is not finite is an error and changes nothing.</summary>
    /// <param name="number">A value that is not finite.</param>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public async Task Upsert_NumberNotFinite_IsRefusedAndChangesNothing(float number)
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(30, 12));
        var rows = SampleRows.Unit(5, 12, seed: 4);
        rows[3][7] = number;

        await Assert.ThrowsAnyAsync<ArgumentException>(async () => await recommender.UpsertAsync(new[] { 1, 2, 3, 40, 41 }, rows, Token));

        await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 12).RowMemory(0), 40);
    }

    /// <summary>A query of other dimensions than the rows is an error that quotes both.</summary>
    [Fact]
    public async Task Search_QueryOfAnotherLength_QuotesBoth()
    {
        await using var recommender = Create();
        await FillAsync(recommender, SampleRows.Unit(30, 12));

        var error = await Assert.ThrowsAnyAsync<ArgumentException>(
            async () => await recommender.SearchAsync(new float[17], new Neighbor[3], cancellationToken: Token));

        Assert.Contains("12", error.Message, StringComparison.Ordinal);
        Assert.Contains("17", error.Message, StringComparison.Ordinal);
    }

    /// <summary>Removed keys are gone; keys that are not held are ignored.</summary>
    [Fact]
    public async Task Remove_Keys_TakesThemOutAndIgnoresOthers()
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(30, 12));

        await recommender.RemoveAsync(new[] { 0, 29, 5, 5, 700 }, Token);
        foreach (var key in new[] { 0, 29, 5 })
            plain.Remove(key);

        Assert.Equal(27, recommender.Count);
        await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 12).RowMemory(0), 30);
        Assert.False(await recommender.TryGetRowAsync(5, new float[12], Token));
    }

    /// <summary>A recommender from which everything was removed can be filled again.</summary>
    [Fact]
    public async Task Remove_Everything_CanBeFilledAgain()
    {
        await using var recommender = Create();
        await FillAsync(recommender, SampleRows.Unit(30, 12));

        await recommender.RemoveAsync(Enumerable.Range(0, 30).ToArray(), Token);

        Assert.Equal(0, recommender.Count);
        Assert.Equal(0, await recommender.SearchAsync(new float[12], new Neighbor[3], cancellationToken: Token));
        var plain = await FillAsync(recommender, SampleRows.Unit(40, 12, seed: 6));
        await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 12).RowMemory(0), 50);
    }

    /// <summary>The row of a key that is held is copied.</summary>
    [Fact]
    public async Task TryGetRow_KeyHeld_CopiesItsRow()
    {
        await using var recommender = Create();
        var rows = SampleRows.Unit(30, 12);
        await FillAsync(recommender, rows);
        var row = new float[12];

        Assert.True(await recommender.TryGetRowAsync(17, row, Token));

        for (var i = 0; i < 12; i++)
            Assert.Equal(rows[17][i], row[i], 1e-6f);
    }

    /// <summary>After any sequence of changes, answers equal those of a plain loop.</summary>
    [Fact]
    public async Task Changes_ManyInAnyOrder_AgreeWithAPlainLoop()
    {
        await using var recommender = Create();
        var plain = new PlainRanking();
        var random = new Random(11);
        for (var step = 0; step < 120; step++)
        {
            var keys = Enumerable.Range(0, 400).ToArray();
            random.Shuffle(keys);
            var some = keys[..random.Next(1, 40)];
            if (random.Next(3) == 0)
            {
                await recommender.RemoveAsync(some, Token);
                foreach (var key in some)
                    plain.Remove(key);
            }
            else
            {
                await UpsertAsync(recommender, plain, some, SampleRows.Unit(some.Length, 10, seed: step));
            }
            Assert.Equal(plain.Count, recommender.Count);
            await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 10, seed: -step).RowMemory(0), random.Next(1, 60));
        }
    }

    /// <summary>A canceled call throws <see cref="OperationCanceledException"/> and changes nothing.</summary>
    [Fact]
    public async Task Canceled_AnyCall_StopsAndChangesNothing()
    {
        await using var recommender = Create();
        var plain = await FillAsync(recommender, SampleRows.Unit(30, 12));
        var stopped = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await recommender.UpsertAsync(new[] { 3 }, SampleRows.Unit(1, 12, seed: 2), stopped));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await recommender.RemoveAsync(new[] { 3 }, stopped));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await recommender.SearchAsync(new float[12], new Neighbor[3], cancellationToken: stopped));

        await plain.CheckSearchAsync(recommender, SampleRows.Unit(1, 12).RowMemory(0), 30);
    }

    /// <summary>A search that runs beside changes sees all of a change or none of it.</summary>
    [Fact]
    public async Task Search_WhileRowsChange_SeesAllOfAChangeOrNoneOfIt()
    {
        await using var recommender = Create();
        var keys = Enumerable.Range(0, 200).ToArray();
        var (east, north) = (Alike(200, axis: 0), Alike(200, axis: 1));
        await recommender.UpsertAsync(keys, east, Token);
        var query = east.RowMemory(0);
        using var written = new CancellationTokenSource();

        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var best = new Neighbor[300];
            var searches = 0;
            for (; searches < 20 || !written.IsCancellationRequested; searches++)
            {
                var found = await recommender.SearchAsync(query, best, cancellationToken: Token);
                Assert.True(found is 200 or 0, $"{found} answers: half of a change was seen.");
                Assert.True(best[..found].Select(answer => answer.Score).Distinct().Count() <= 1, "Rows of two changes were seen at once.");
            }
            return searches;
        }, Token)).ToArray();

        for (var change = 0; change < 150; change++)
        {
            await recommender.UpsertAsync(keys, change % 2 == 0 ? north : east, Token);
            if (change % 10 != 9)
                continue;
            await recommender.RemoveAsync(keys, Token);
            await recommender.UpsertAsync(keys, east, Token);
        }
        await written.CancelAsync();

        Assert.All(await Task.WhenAll(readers), searches => Assert.True(searches >= 20));
    }

    /// <summary>Changes from many threads at once all arrive.</summary>
    [Fact]
    public async Task Changes_FromManyThreads_AllArrive()
    {
        await using var recommender = Create();
        var rows = SampleRows.Unit(800, 12);
        var plain = new PlainRanking();
        for (var i = 0; i < 800; i++)
            plain.Upsert(i, rows[i]);

        await Parallel.ForAsync(0, 80, Token, async (part, token) =>
        {
            var keys = Enumerable.Range(part * 10, 10).ToArray();
            await recommender.UpsertAsync(keys, rows.Select(keys), token);
        });

        Assert.Equal(800, recommender.Count);
        await plain.CheckSearchAsync(recommender, rows.RowMemory(0), 800);
    }

    private static FeatureMatrix Alike(int rows, int axis)
    {
        var matrix = new FeatureMatrix(rows, 16);
        for (var i = 0; i < rows; i++)
            matrix[i][axis] = 1;
        return matrix;
    }

    private static async Task<PlainRanking> FillAsync(IRecommender recommender, FeatureMatrix rows)
    {
        var plain = new PlainRanking();
        await UpsertAsync(recommender, plain, [.. Enumerable.Range(0, rows.Rows)], rows);
        return plain;
    }

    private static async Task UpsertAsync(IRecommender recommender, PlainRanking plain, int[] keys, FeatureMatrix rows)
    {
        await recommender.UpsertAsync(keys, rows, Token);
        for (var i = 0; i < keys.Length; i++)
            plain.Upsert(keys[i], rows[i]);
    }
}
