namespace ImageRec.Torture.Disk;

/// <summary>One run of a scenario: makes catalogs, and tells what should not be.</summary>
internal sealed class DiskCase(MachineRun run, string name, Random random)
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    public Random Random => random;

    /// <summary>Whether rows are read from the file while it is asked.</summary>
    public bool CodesOnly { get; } = random.Next(2) == 0;

    public RecommenderBuilder Builder() => Things.Builder(codesOnly: CodesOnly);

    public void Find(string what) => run.Find(name.Length == 0 ? what : $"{name}{(CodesOnly ? ", codes only" : "")}: {what}");

    public static List<Thing> Made(int count, int stamp) => [.. Enumerable.Range(0, count).Select(i => new Thing($"thing {i:D4}", stamp))];

    public async Task<RecommendationEngine<Thing>> BuildAsync(string file, IEnumerable<Thing> things) =>
        await Builder().BuildAsync(Things.Catalog(things), file);

    /// <summary>Does something that may be refused in a sentence, and in no other way.</summary>
    /// <returns>Whether it was done.</returns>
    public async Task<bool> DoneAsync(string what, Func<Task> call)
    {
        try
        {
            await call().WaitAsync(s_patience);
            return true;
        }
        catch (CatalogFileException e)
        {
            if (e.Message.Length < 30 || !e.Message.Contains(' ', StringComparison.Ordinal) || !e.Message.EndsWith('.'))
                Find($"{what} is refused, but not in a sentence: {e.Message}");
            return false;
        }
        catch (Exception e)
        {
            Find($"{what} ends in {e}");
            return false;
        }
    }

    /// <summary>Does something that must be done.</summary>
    /// <returns>Whether it was.</returns>
    public async Task<bool> MustAsync(string what, Func<Task> call)
    {
        string? said = null;
        var done = await DoneAsync(what, async () =>
        {
            try
            {
                await call();
            }
            catch (CatalogFileException e)
            {
                said = e.Message;
                throw;
            }
        });
        if (said is not null)
            Find($"{what} should work, and does not: {said}");
        return done;
    }

    /// <summary>The engine answers as if nothing had happened.</summary>
    /// <param name="engine">The engine.</param>
    /// <param name="things">What there is.</param>
    /// <param name="when">For the finding.</param>
    /// <param name="orElse">What there may be instead, as a whole.</param>
    /// <param name="isGone">The file is not there any more: rows that are read from it cannot be, and the engine says so.</param>
    public async Task AnswersAsync(RecommendationEngine<Thing> engine, IReadOnlyCollection<Thing> things, string when, bool isGone = false,
        IReadOnlyCollection<Thing>? orElse = null)
    {
        try
        {
            var wrong = await WrongAsync(engine, things);
            if (wrong is not null && orElse is not null)
                wrong = await WrongAsync(engine, orElse);
            if (wrong is not null)
                Find($"a wrong answer {when}: {wrong}");
        }
        catch (CatalogFileException) when (isGone && CodesOnly)
        {
        }
        catch (Exception e)
        {
            Find($"a question {when} ends in {e}");
        }
    }

    private async Task<string?> WrongAsync(RecommendationEngine<Thing> engine, IReadOnlyCollection<Thing> things)
    {
        string? wrong = null;
        for (var i = 0; i < 3 && wrong is null; i++)
        {
            var query = Things.Row(random.Next());
            wrong = Things.Wrong(await engine.RecommendAsync(Things.Picture(query)).WaitAsync(s_patience), things, query, count: 5);
        }
        var found = engine.Items.OrderBy(t => t.Id, StringComparer.Ordinal);
        return wrong ?? (found.SequenceEqual(things.OrderBy(t => t.Id, StringComparer.Ordinal))
            ? null
            : $"the engine lists {engine.Count} items that are not the {things.Count} there are");
    }

    /// <summary>The file, opened anew, holds just these.</summary>
    public Task<bool> HoldsAsync(string file, IReadOnlyCollection<Thing> things, string when) => MustAsync($"opening {when}", async () =>
    {
        await using var engine = await Builder().OpenAsync<Thing>(file);
        await AnswersAsync(engine, things, when);
    });

    /// <summary>Disposes, which never throws anything undeclared.</summary>
    public Task<bool> DisposeAsync(RecommendationEngine<Thing> engine) => DoneAsync("dispose", async () => await engine.DisposeAsync());
}
