using ImageRec.Ranking;

namespace ImageRec.Tests.Engine;

/// <summary>One writer a file, any number of readers.</summary>
public class WriterTests : EngineTest
{
    private static readonly List<Product> Products = Product.Cloud(30);

    private Task<RecommendationEngine<Product>> OpenAsync() => Builder().OpenAsync<Product>(FilePath, Token);

    private static Product Extra(string sku, float x = 5) => new(sku, "extra", 1, [x, 1, 2]);

    [Fact]
    public async Task UpsertAsync_SecondEngineOnTheFile_IsToldWhoHoldsItAndLosesNothing()
    {
        await (await BuildAsync(Products, FilePath)).DisposeAsync();
        await using (var first = await OpenAsync())
        await using (var second = await OpenAsync())
        {
            await first.UpsertAsync(Catalog([Extra("x")]), cancellationToken: Token);
            foreach (var change in new Func<Task>[]
            {
                () => second.UpsertAsync(Catalog([Extra("y")]), cancellationToken: Token), () => second.RemoveAsync("x", Token),
                () => second.RebuildAsync(Catalog(Products), cancellationToken: Token), () => BuildAsync(Products, FilePath),
            })
            {
                var error = await Assert.ThrowsAsync<CatalogFileException>(change);
                Assert.True(error.IsInUse);
                Assert.Contains("another engine of this process", error.Message, StringComparison.Ordinal);
            }
            await first.DisposeAsync();
            // What the first one did is taken over before the second changes anything.
            await second.UpsertAsync(Catalog([Extra("y", 6)]), cancellationToken: Token);
            Assert.Equal(32, second.Count);
        }
        await using var reopened = await OpenAsync();
        Assert.True(reopened.TryGet("x", out _) && reopened.TryGet("y", out _));
    }

    [Fact]
    public async Task OpenAsync_BesideTheEngineThatBuilt_ReadsAndFollows()
    {
        await using var writer = await BuildAsync(Products, FilePath);
        await using var reader = await OpenAsync();
        Assert.False(await reader.RefreshAsync(Token));
        await writer.UpsertAsync(Catalog([Extra("x"), Products[3] with { Price = 999 }]), cancellationToken: Token);
        await writer.RemoveAsync("sku-7", Token);
        Assert.Equal(30, reader.Count);
        Assert.True(await reader.RefreshAsync(Token));
        Assert.False(await reader.RefreshAsync(Token));
        Assert.False(await writer.RefreshAsync(Token));
        await SameAsync(writer, reader);
        Assert.True(reader.TryGet("sku-3", out var repriced) && repriced.Price == 999);
        Assert.False(reader.TryGet("sku-7", out _));
    }

    [Fact]
    public async Task RefreshAsync_MoreChangesThanTheLogKeeps_TakesAllOver()
    {
        await using var writer = await BuildAsync(Products, FilePath);
        await using var reader = await OpenAsync();
        for (var i = 0; i < 9; i++)
            await writer.UpsertAsync(Catalog(Product.Cloud(300, seed: 100 + i).ConvertAll(p => p with { Sku = $"more-{p.Sku}" })),
                cancellationToken: Token);
        await writer.RemoveAsync(["sku-1", "more-sku-5"], Token);
        Assert.True(await reader.RefreshAsync(Token));
        await SameAsync(writer, reader);
    }

    [Fact]
    public async Task RefreshAsync_FileReplacedByAnother_TakesItOverOrSaysWhy()
    {
        var other = Path.Combine(Folder, "other");
        await (await BuildAsync(Products, FilePath)).DisposeAsync();
        await (await BuildAsync(Product.Cloud(20, seed: 3), other)).DisposeAsync();
        await using var reader = await OpenAsync();
        File.Move(other, FilePath, overwrite: true);
        Assert.True(await reader.RefreshAsync(Token));
        await using (var expected = await OpenAsync())
            await SameAsync(expected, reader);

        await (await BuildAsync(Products, other, new VectorExtractor(fingerprint: "vector-2"))).DisposeAsync();
        File.Move(other, FilePath, overwrite: true);
        Assert.Contains("vector-2", (await Assert.ThrowsAsync<CatalogFileException>(() => reader.RefreshAsync(Token))).Message,
            StringComparison.Ordinal);
        File.Delete(FilePath);
        Assert.Contains("no catalog file", (await Assert.ThrowsAsync<CatalogFileException>(() => reader.RefreshAsync(Token))).Message,
            StringComparison.Ordinal);
        Assert.Equal(5, (await reader.RecommendAsync(Products[0].Picture, count: 5, Token)).Count);
    }

    [Fact]
    public async Task RefreshInterval_ChangesOfAWriter_AreSeenByThemselves()
    {
        await using var writer = await BuildAsync(Products, FilePath);
        var builder = new RecommenderBuilder { FitSampleRows = 50, RefreshInterval = TimeSpan.FromMilliseconds(20) }.UseExtractor(
            new VectorExtractor()).WithoutReduction().ClusterWithKMeans(4);
        await using var reader = await builder.OpenAsync<Product>(FilePath, Token);
        await writer.UpsertAsync(Catalog([Extra("x")]), cancellationToken: Token);
        while (!reader.TryGet("x", out _))
            await Task.Delay(5, Token);
    }

    [Fact]
    public async Task RebuildAsync_WhileAsked_ChangesOverAtOneMoment()
    {
        await using var engine = await BuildAsync(Products, FilePath);
        var next = Products.Skip(10).Concat(Product.Cloud(40, seed: 5).ConvertAll(p => p with { Sku = $"next-{p.Sku}" })).ToList();
        var rebuild = engine.RebuildAsync(Catalog(next), cancellationToken: Token);
        while (!rebuild.IsCompleted)
            Assert.Contains((await engine.RecommendAsync(VectorExtractor.Picture(1, 1, 1), count: 100, Token)).Count, new[] { 30, 60 });
        var report = await rebuild;
        Assert.Equal((60, 40, 20, 10), (report.Items, report.Computed, report.Reused, report.Removed));
        await using var reopened = await OpenAsync();
        await SameAsync(engine, reopened);
    }

    [Fact]
    public async Task BackupAsync_WhileChanged_IsWholeAndOpens()
    {
        await using var engine = await BuildAsync(Products, FilePath);
        var copy = Path.Combine(Folder, "copy.imagerec");
        await engine.UpsertAsync(Catalog([Extra("x")]), cancellationToken: Token);
        await engine.BackupAsync(copy, Token);
        await engine.RemoveAsync("x", Token);
        Assert.Contains("there already", (await Assert.ThrowsAsync<CatalogFileException>(() => engine.BackupAsync(copy, Token))).Message,
            StringComparison.Ordinal);
        await using (var opened = await Builder().OpenAsync<Product>(copy, Token))
        {
            Assert.Equal(31, opened.Count);
            // Nobody writes the copy.
            await opened.UpsertAsync(Catalog([Extra("y")]), cancellationToken: Token);
        }
        Assert.Equal(["copy.imagerec"], Directory.GetFiles(Folder, "copy*").Select(Path.GetFileName));
        await using var temporary = await BuildAsync(Products);
        await Assert.ThrowsAsync<InvalidOperationException>(() => temporary.BackupAsync(copy + "2", Token));
    }

    [Fact]
    public async Task BackupAsync_DamagedRow_IsRefusedAndLeavesNothing()
    {
        await using var engine = await BuildAsync(Products, FilePath);
        Execute("UPDATE items SET row = zeroblob(12) WHERE id = 'sku-3'");
        await Assert.ThrowsAsync<CatalogFileException>(() => engine.BackupAsync(Path.Combine(Folder, "copy"), Token));
        Assert.Empty(Directory.GetFiles(Folder, "copy*"));
    }

    [Fact]
    public async Task DisposeAsync_OfAllEngines_LeavesOneFile()
    {
        await using (var writer = await BuildAsync(Products, FilePath))
        await using (var reader = await OpenAsync())
        {
            await writer.UpsertAsync(Catalog([Extra("x")]), cancellationToken: Token);
            await reader.RefreshAsync(Token);
        }
        Assert.Equal([Path.GetFileName(FilePath)], Directory.GetFiles(Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("deleted")]
    [InlineData("replaced")]
    public async Task UpsertAsync_FileIsNoLongerThere_IsRefusedAndNothingHasChanged(string how)
    {
        await using var engine = await BuildAsync(Products, FilePath);
        var other = Path.Combine(Folder, "other");
        await (await BuildAsync(Product.Cloud(20, seed: 3), other)).DisposeAsync();
        if (how == "deleted")
            File.Delete(FilePath);
        else
            File.Move(other, FilePath, overwrite: true);
        var change = engine.UpsertAsync(Catalog([Extra("x")]), cancellationToken: Token);
        Assert.Contains("deleted, moved or replaced", (await Assert.ThrowsAsync<CatalogFileException>(() => change)).Message,
            StringComparison.Ordinal);
        Assert.Equal(30, engine.Count);
        Assert.Equal("sku-1", (await engine.RecommendAsync(Products[1].Picture, count: 1, Token))[0].Id);
    }

    [Fact]
    public async Task OpenAsync_FileOfTheFirstVersion_OpensAndBecomesTheSecondWhenChanged()
    {
        await (await BuildAsync(Products, FilePath)).DisposeAsync();
        Execute("PRAGMA journal_mode = DELETE; DROP TABLE staged; DROP TABLE changes; DROP TABLE totals; DROP TABLE writer; DELETE FROM "
            + "state WHERE name = 'contents'; PRAGMA user_version = 1");
        await using (var engine = await OpenAsync())
        {
            Assert.Equal(30, engine.Count);
            await using var reader = await OpenAsync();
            await engine.UpsertAsync(Catalog([Extra("x")]), cancellationToken: Token);
            Assert.True(await reader.RefreshAsync(Token));
            await SameAsync(engine, reader);
        }
        await using var reopened = await OpenAsync();
        Assert.Equal(31, reopened.Count);
    }

    [Fact]
    public async Task OpenAsync_ItemsMissingWithoutDamageToOthers_IsRefused()
    {
        await (await BuildAsync(Products, FilePath)).DisposeAsync();
        Execute("DELETE FROM items WHERE id = 'sku-3'");
        Assert.Contains("29 of 30", (await Assert.ThrowsAsync<CatalogFileException>(OpenAsync)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RecommendAsync_CodesOnlyReaderOfAChangingFile_AnswersFromOneMoment()
    {
        static RecommenderBuilder CodesOnly() =>
            new RecommenderBuilder { FitSampleRows = 50 }.UseExtractor(new VectorExtractor()).WithoutReduction().ClusterWithKMeans(4)
            .RankByCosine(o => o.Memory = MemoryMode.CodesOnly);
        // The price says which cloud a product is from: the row has to be that one's.
        var clouds = Enumerable.Range(0, 30)
            .Select(seed => Product.Cloud(300, seed: seed + 1).ConvertAll(p => p with { Price = seed, Type = null })).ToList();
        await using var writer = await CodesOnly().BuildAsync(Catalog(clouds[0]), FilePath, cancellationToken: Token);
        await using var reader = await CodesOnly().OpenAsync<Product>(FilePath, Token);
        var changes = Task.Run(async () =>
        {
            for (var i = 1; i < 30; i++)
                await writer.UpsertAsync(Catalog(clouds[i]), cancellationToken: Token);
        }, Token);
        while (!changes.IsCompleted)
        {
            foreach (var engine in new[] { writer, reader })
            {
                var hits = await engine.RecommendAsync(VectorExtractor.Picture(0.3f, 1, 0.5f), new() { Count = 300 }, Token);
                Assert.Equal(300, hits.Count);
                Assert.Single(hits.Select(hit => hit.Item.Price).Distinct());
                Assert.All(hits, hit => Assert.Equal(Cosine(clouds[(int)hit.Item.Price].Find(p => p.Sku == hit.Id)!), hit.Score, 1e-4f));
            }
        }
        await changes;

        static float Cosine(Product product) =>
            System.Numerics.Tensors.TensorPrimitives.CosineSimilarity<float>(product.Vector, [0.3f, 1, 0.5f]);
    }

    private static async Task SameAsync(RecommendationEngine<Product> expected, RecommendationEngine<Product> actual)
    {
        foreach (var query in new[] { VectorExtractor.Picture(1, 2, 3), VectorExtractor.Picture(5, 1, 2),
            VectorExtractor.Picture(-1, 0.5f, 0) })
        {
            var (a, b) = (await expected.RecommendAsync(query, count: 5000, Token), await actual.RecommendAsync(query, count: 5000, Token));
            Assert.Equal(a.Select(h => (h.Id, h.Score, h.Category, h.Item.Price)),
                b.Select(h => (h.Id, h.Score, h.Category, h.Item.Price)));
        }
    }

    [Fact]
    public async Task BackupAsync_FilesOfLikeNames_AreLeftAsTheyAre()
    {
        var own = Path.Combine(Folder, "copy.partial");
        await File.WriteAllTextAsync(own, "mine", Token);
        await using var engine = await BuildAsync(Products, FilePath);
        await Task.WhenAll(engine.BackupAsync(Path.Combine(Folder, "copy"), Token),
            engine.BackupAsync(Path.Combine(Folder, "copy-2"), Token));
        Assert.Equal("mine", await File.ReadAllTextAsync(own, Token));
        Assert.Empty(Directory.GetFiles(Folder, "*.partial").Except([own]));
    }

    [Fact]
    public async Task BuildAsync_ThroughALinkToAFileThatIsWritten_IsRefused()
    {
        var link = Path.Combine(Folder, "link.imagerec");
        await using var engine = await BuildAsync(Products, FilePath);
        File.CreateSymbolicLink(link, FilePath);
        Assert.True((await Assert.ThrowsAsync<CatalogFileException>(() => BuildAsync(Products, link))).IsInUse);
        await using var reader = await Builder().OpenAsync<Product>(link, Token);
        Assert.Equal(30, reader.Count);
    }
}
