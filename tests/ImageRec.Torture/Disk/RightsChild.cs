namespace ImageRec.Torture.Disk;

/// <summary>
/// Holds a catalog whose rights its parent takes away and gives back. Whatever it prints but <see cref="Waits"/> should not be.
/// </summary>
internal static class RightsChild
{
    public const string Role = "disk-rights";
    public const string Waits = "waits";

    public static async Task<int> RunAsync(string[] arguments)
    {
        var (file, machine) = (arguments[0], new DiskMachine());
        var run = new MachineRun(machine, new RunOptions(), _ => { }, CancellationToken.None);
        var seed = 0;
        while (new DiskCase(run, "", new Random(seed)).CodesOnly != bool.Parse(arguments[1]))
            seed++;
        var found = new DiskCase(run, "", new Random(seed));
        await HoldAsync(found, file);
        foreach (var finding in run.Findings)
            Say(finding.ReplaceLineEndings(" "));
        return 0;
    }

    private static async Task HoldAsync(DiskCase found, string file)
    {
        var things = DiskCase.Made(60, stamp: 0);
        var engine = await found.BuildAsync(file, things);
        await Wait();
        // What is open stays open: such a change may go through, and is then there for good.
        var changed = DiskCase.Made(70, stamp: 1);
        if (await found.DoneAsync("an upsert after the rights were taken", () => engine.UpsertAsync(Things.Catalog(changed))))
            things = changed;
        await found.AnswersAsync(engine, things, "after the rights were taken");
        await found.DisposeAsync(engine);
        RecommendationEngine<Thing>? reader = null;
        await found.MustAsync("opening without the right to write", async () => reader = await found.Builder().OpenAsync<Thing>(file));
        if (reader is not null)
        {
            await found.AnswersAsync(reader, things, "opened without the right to write");
            if (await found.DoneAsync("an upsert without the right to write",
                () => reader.UpsertAsync(Things.Catalog(DiskCase.Made(5, stamp: 2)))))
                found.Find("an upsert without the right to write says that it is done");
            await found.AnswersAsync(reader, things, "after an upsert without the right to write");
        }
        await Wait();
        var last = DiskCase.Made(80, stamp: 3);
        if (reader is not null)
        {
            if (await found.MustAsync("the same upsert once the rights are given back", () => reader.UpsertAsync(Things.Catalog(last))))
                things = last;
            await found.AnswersAsync(reader, things, "once the rights are given back");
            await found.DisposeAsync(reader);
        }
        await found.HoldsAsync(file, things, "once the rights are given back");
    }

    private static async Task Wait()
    {
        Say(Waits);
        await Console.In.ReadLineAsync();
    }

    private static void Say(string line)
    {
        Console.Out.WriteLine(line);
        Console.Out.Flush();
    }
}
