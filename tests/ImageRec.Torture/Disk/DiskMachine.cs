namespace ImageRec.Torture.Disk;

/// <summary>
/// Full disks, forbidden writing, rights lost midway, and files replaced or gone under an engine: a sentence, answers as before, nothing
/// acknowledged lost.
/// </summary>
internal sealed class DiskMachine : IMachine
{
    public string Name => "disk";

    public string Unit => "rounds of every scenario";

    public int LongCount => 20;

    public async Task RunAsync(MachineRun run)
    {
        (string Name, Func<DiskCase, Task<bool>> RunAsync)[] scenarios =
        [
            ("disk full during a change", FullDisk.ChangeAsync),
            ("disk full during a build", FullDisk.BuildAsync),
            ("disk full during a rebuild", FullDisk.RebuildAsync),
            ("disk full at the end", FullDisk.DisposeAsync),
            ("read-only disk", ForbiddenDisk.RunAsync),
            ("rights lost midway", LostRights.RunAsync),
            ("file replaced", VanishedFile.ReplacedAsync),
            ("file deleted", VanishedFile.DeletedAsync),
            ("folder removed", VanishedFile.FolderRemovedAsync),
        ];
        var rounds = 0;
        var skipped = new HashSet<string>();
        for (; run.Goes(rounds); rounds++)
        {
            for (var i = 0; i < scenarios.Length && run.Goes(rounds); i++)
            {
                var (name, runAsync) = scenarios[i];
                var found = new DiskCase(run, $"{name}, round {rounds}", new Random(unchecked(run.Seed * 1009 + rounds * 31 + i)));
                if (!await runAsync(found) && skipped.Add(name))
                    run.Figure(name, $"left out: it needs Linux, and root to mount a disk");
            }
            run.Progress(() => $"{rounds} {Unit}");
        }
        run.Figure(Unit, $"{rounds}");
        var done = string.Join(", ", scenarios.Select(s => s.Name).Except(skipped));
        run.Figure("scenarios", $"{scenarios.Length - skipped.Count} of {scenarios.Length}: {done}");
    }
}
