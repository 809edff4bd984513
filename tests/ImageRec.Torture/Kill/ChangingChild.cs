using System.Collections.Immutable;
using System.Globalization;

namespace ImageRec.Torture.Kill;

/// <summary>The process that is killed: changes a catalog file on and on, and says so before and after each change.</summary>
internal static class ChangingChild
{
    public const string Role = "kill-changes";
    public const string Begins = "begins";
    public const string Done = "done";
    public const string Failed = "failed";

    /// <summary>What the name of a backup ends in.</summary>
    public const string BackupEnding = ".backup";

    /// <summary>What it never says.</summary>
    public const string Nothing = "nothing";

    // Companions that SQLite keeps beside a file in use.
    private static readonly string[] s_companions = ["-wal", "-shm", "-journal"];

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (file, seed, round, known) = (arguments[0], Number(arguments[1]), Number(arguments[2]), arguments[3] == "known");
        var script = new ChangeScript(seed, round);
        var pauses = new Random(seed + round);
        var builder = Things.Builder(new RowExtractor(token => Task.Delay(pauses.Next(4), token)));
        try
        {
            var engine = known ? await builder.OpenAsync<Thing>(file) : null;
            var things = engine?.Items.ToImmutableSortedDictionary(t => t.Id, t => t, StringComparer.Ordinal);
            while (true)
            {
                var change = script.Next(things);
                Say($"{Begins} {change}");
                engine = await ApplyAsync(change, engine, builder, file);
                things = change.After;
                Say(Done);
            }
        }
        catch (Exception e)
        {
            Say($"{Failed} {e.ToString().ReplaceLineEndings(" ")}");
            return 1;
        }
    }

    private static async Task<RecommendationEngine<Thing>> ApplyAsync(
        Change change, RecommendationEngine<Thing>? engine, RecommenderBuilder builder, string file)
    {
        switch (change.Kind)
        {
            case ChangeKind.Build:
                await CloseAsync(engine, file);
                return await builder.BuildAsync(Things.Catalog(change.Things), file);
            case ChangeKind.Rebuild:
                await engine!.RebuildAsync(Things.Catalog(change.Things));
                return engine;
            case ChangeKind.Upsert:
                await engine!.UpsertAsync(Things.Catalog(change.Things));
                return engine;
            case ChangeKind.Remove:
                await engine!.RemoveAsync(change.Things.Select(t => t.Id));
                return engine;
            case ChangeKind.Backup:
                File.Delete(file + BackupEnding);
                await engine!.BackupAsync(file + BackupEnding);
                return engine;
            default:
                await CloseAsync(engine, file);
                return await builder.OpenAsync<Thing>(file);
        }
    }

    private static async Task CloseAsync(RecommendationEngine<Thing>? engine, string file)
    {
        if (engine is null)
            return;
        await engine.DisposeAsync();
        if (s_companions.FirstOrDefault(c => File.Exists(file + c)) is { } companion)
            throw new InvalidOperationException($"After dispose '{file}{companion}' is still there.");
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
