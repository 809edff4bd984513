namespace ImageRec.Torture.Fuzz.Files;

/// <summary>
/// Damaged catalog files: each is refused, or answers exactly as it did while it was whole; changed or built again, it holds what it
/// should. The last two bytes of an input are no part of the file: the number of its seed, and what is done with it.
/// </summary>
internal sealed class FileTarget : IFuzzTarget
{
    private const int Uses = 8;
    private readonly Lazy<Task<SeedFile[]>> _seeds = new(MakeSeedsAsync);
    private readonly Scratch _scratch = new(inMemory: true);

    public string Name => "fuzz-files";

    public string Unit => "damaged catalog files";

    public int LongCount => 100_000;

    public long MaxWorkingSet => 800_000_000;

    public byte[] Make(Random random)
    {
        var seeds = _seeds.Value.GetAwaiter().GetResult();
        var seed = random.Next(seeds.Length);
        var all = Array.ConvertAll(seeds, s => s.Content);
        return [.. PageMutator.Mutate(random, (byte[])all[seed].Clone(), all), (byte)seed, (byte)random.Next(Uses)];
    }

    public bool Declares(Exception exception) => exception is CatalogFileException;

    public async Task TryAsync(byte[] input)
    {
        var seed = (await _seeds.Value)[input[^2]];
        var path = _scratch.File("damaged.imagerec");
        foreach (var companion in Directory.EnumerateFiles(_scratch.Folder))
            File.Delete(companion);
        await File.WriteAllBytesAsync(path, input[..^2]);
        if (input[^1] == 0)
            await BuildAgainAsync(seed, path);
        else
            await OpenAsync(seed, path, change: input[^1] == 1);
    }

    public ValueTask DisposeAsync()
    {
        _scratch.Dispose();
        return ValueTask.CompletedTask;
    }

    private static async Task<SeedFile[]> MakeSeedsAsync() =>
    [
        await SeedFile.MakeAsync(() => Things.Builder(), 70, changed: false),
        await SeedFile.MakeAsync(() => Things.Builder(), 70, changed: true),
        await SeedFile.MakeAsync(
            () => new RecommenderBuilder { FitSampleRows = 24 }.UseExtractor(new RowExtractor()).ReduceWithPca(6).ClusterWithKMeans(3)
            .LearnCategories(), 40, changed: true),
    ];

    private static async Task OpenAsync(SeedFile seed, string path, bool change)
    {
        var added = new Thing("added", 1);
        var gone = seed.Listed[^1];
        await using (var engine = await seed.Builder().OpenAsync<Thing>(path))
        {
            Compare(seed.Answers, await Interview.AskAsync(engine), "opened");
            if (!change)
                return;
            await engine.UpsertAsync(Things.Catalog([added]));
            await engine.RemoveAsync(gone.Id);
        }
        await using var again = await seed.Builder().OpenAsync<Thing>(path);
        Expect(seed.Listed.Where(t => t != gone).Append(added), again, "after a change");
    }

    private static async Task BuildAgainAsync(SeedFile seed, string path)
    {
        await using (var engine = await seed.Builder().BuildAsync(Things.Catalog(seed.Listed), path))
            Expect(seed.Listed, engine, "built again");
        await using var again = await seed.Builder().OpenAsync<Thing>(path);
        Expect(seed.Listed, again, "built again and opened");
        if (again.Dimensions != Things.Dimensions)
            return;
        // What was learned of the list may be another now; what rows are compared by is not.
        var query = Things.Row(1);
        if (Things.Wrong(await again.RecommendAsync(Things.Picture(query)), seed.Listed, query, count: 5) is { } wrong)
            throw new WrongException($"built again and opened: {wrong}");
    }

    private static void Expect(IEnumerable<Thing> things, RecommendationEngine<Thing> engine, string when)
    {
        var wanted = things.OrderBy(t => t.Id, StringComparer.Ordinal).ToList();
        var found = engine.Items.OrderBy(t => t.Id, StringComparer.Ordinal).ToList();
        if (!wanted.SequenceEqual(found))
            throw new WrongException($"{when}, it holds {found.Count} things instead of {wanted.Count}; the first that should not be "
                + $"there: {found.Except(wanted).FirstOrDefault()}; that is missing: {wanted.Except(found).FirstOrDefault()}");
    }

    private static void Compare(IEnumerable<string> wanted, IEnumerable<string> found, string when)
    {
        if (wanted.Zip(found).FirstOrDefault(pair => pair.First != pair.Second) is ({ } right, var wrong))
            throw new WrongException($"{when}, it says '{wrong}' instead of '{right}'");
        if (wanted.Count() != found.Count())
            throw new WrongException($"{when}, it says {found.Count()} things instead of {wanted.Count()}");
    }
}
