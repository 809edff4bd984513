using System.Collections.Immutable;

namespace ImageRec.Torture.Kill;

/// <summary>
/// Kills a process that changes a catalog file at random moments, and now and then one that opens what is left. Afterwards what was
/// acknowledged is there, the change that was under way is wholly there or wholly not, and the answers are those of a fresh build.
/// </summary>
/// <remarks>SIGKILL leaves what the process handed to the system; a loss of power is not imitated.</remarks>
internal sealed class KillMachine : IMachine
{
    public string Name => "kill";

    public string Unit => "kills";

    public int LongCount => 200;

    public async Task RunAsync(MachineRun run)
    {
        using var scratch = new Scratch();
        var random = new Random(run.Seed);
        var file = scratch.File("catalog.imagerec");
        ImmutableSortedDictionary<string, Thing>? things = null;
        var (kills, openings, changes) = (0, 0, 0);
        var moments = new Dictionary<string, int>();
        for (var round = 0; run.Goes(kills); round++)
        {
            // Now and then from the start, so that first builds are killed too.
            if (things is not null && random.Next(6) == 0)
                (things, file) = (null, scratch.File($"catalog-{round}.imagerec"));
            var killed = await new KillRound(run, random, file, round, things).RunAsync();
            kills++;
            changes += killed.Acknowledged;
            moments[killed.Moment] = moments.GetValueOrDefault(killed.Moment) + 1;
            if (things is not null && random.Next(4) == 0)
            {
                await KillOpeningAsync(random, file, run.Token);
                (kills, openings) = (kills + 1, openings + 1);
            }
            var check = new LeftBehind(file, killed.Allowed);
            if (await check.WrongAsync(random) is { } wrong)
            {
                run.Find($"round {round}, {killed.Told}: {wrong}{KeepFile(run, file, round)}");
                (things, file) = (null, scratch.File($"catalog-{round}.imagerec"));
                continue;
            }
            things = check.Found;
            run.Progress(() => $"{kills} kills, {changes} acknowledged changes");
        }
        run.Figure("kills", $"{kills:N0}, {openings:N0} of them while opening");
        run.Figure(
            "killed during", $"{string.Join(", ", moments.OrderBy(m => m.Key, StringComparer.Ordinal).Select(m => $"{m.Key} {m.Value}"))}");
        run.Figure("acknowledged changes", $"{changes:N0}");
    }

    private static string KeepFile(MachineRun run, string file, int round) =>
        File.Exists(file) ? $" (the file, as found after that: {run.Keep($"{run.Seed}-{round}.imagerec", File.ReadAllBytes(file))})" : "";

    private static async Task KillOpeningAsync(Random random, string file, CancellationToken cancellationToken)
    {
        var opened = 0;
        var wanted = random.Next(4);
        var wait = random.Next(wanted == 0 ? 500 : 8);
        var enough = new TaskCompletionSource();
        using var child = Child.Start(OpeningChild.Role, _ =>
        {
            if (Interlocked.Increment(ref opened) >= wanted)
                enough.TrySetResult();
        }, file);
        if (wanted > 0)
            await Task.WhenAny(enough.Task, Task.Delay(5000, cancellationToken));
        await Task.Delay(wait, cancellationToken);
        child.Kill();
        await child.EndAsync(cancellationToken);
    }
}
