namespace ImageRec.Torture.Soak;

/// <summary>Four threads on one engine: two ask, one replaces, one removes and adds again. The number of items stays what it is.</summary>
internal sealed class Load(RecommendationEngine<Thing> engine, MachineRun run, int items)
{
    private long _answers;
    private long _changes;
    private volatile bool _ends;

    public long Answers => Interlocked.Read(ref _answers);

    public long Changes => Interlocked.Read(ref _changes);

    /// <summary>Asks it to end.</summary>
    public void End() => _ends = true;

    public Task RunAsync() => Task.WhenAll(Thread(0, AskAsync), Thread(1, AskAsync), Thread(2, ReplaceAsync), Thread(3, RemoveAndAddAsync));

    private Task Thread(int number, Func<Random, Task> once) => Task.Run(async () =>
    {
        var random = new Random(unchecked(run.Seed * 17 + number));
        while (!_ends)
        {
            try
            {
                await once(random);
            }
            catch (Exception e)
            {
                run.Find($"{once.Method.Name} failed: {e}");
                await Task.Delay(1000);
            }
        }
    });

    private async Task AskAsync(Random random)
    {
        var count = random.Next(1, 30);
        var answer = await engine.RecommendAsync(Things.Picture(Things.Row(random.Next())), new RecommendOptions<Thing> { Count = count });
        if (answer.Count != count)
            run.Find($"{answer.Count} answers instead of {count}");
        // Of the first half nothing is ever removed.
        await engine.RecommendLikeAsync([Id(random.Next(items / 2))]);
        Interlocked.Add(ref _answers, 2);
    }

    private async Task ReplaceAsync(Random random)
    {
        var stamp = random.Next();
        await engine.UpsertAsync(Things.Catalog(
            Enumerable.Range(0, random.Next(1, 50)).Select(_ => new Thing(Id(random.Next(items / 2)), stamp)).DistinctBy(t => t.Id)));
        Interlocked.Increment(ref _changes);
    }

    private async Task RemoveAndAddAsync(Random random)
    {
        var (first, stamp) = (items / 2 + random.Next(items / 2 - 50), random.Next());
        var ids = Enumerable.Range(first, random.Next(1, 50)).Select(Id).ToList();
        await engine.RemoveAsync(ids);
        await engine.UpsertAsync(Things.Catalog(ids.Select(id => new Thing(id, stamp))));
        Interlocked.Add(ref _changes, 2);
    }

    public static string Id(int number) => $"thing {number}";
}
