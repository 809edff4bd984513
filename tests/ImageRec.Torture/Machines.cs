namespace ImageRec.Torture;

/// <summary>The machines there are.</summary>
internal static class Machines
{
    private static readonly IMachine[] s_all =
    [
        new Kill.KillMachine(),
        .. Fuzz.FuzzTargets.Names.Select(name => new Fuzz.FuzzMachine(name)),
        new Concurrency.ConcurrencyMachine(),
        new Soak.SoakMachine(),
        new Disk.DiskMachine(),
        new Processes.ProcessesMachine(),
        new Cluster.ClusterMachine(),
    ];

    public static IMachine? Find(string name) => Array.Find(s_all, m => m.Name == name);

    /// <summary>The long run: prints progress, then the section for <c>benchmarks/results/torture.md</c>.</summary>
    /// <returns>0 when nothing was found, 1 when something was, 2 when an option cannot be read.</returns>
    public static async Task<int> RunAsync(IMachine machine, string[] arguments)
    {
        if (RunOptions.Parse(arguments) is not { } options)
            return Help();
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            stop.Cancel();
        };
        var run = new MachineRun(machine, options, Console.Error.WriteLine, stop.Token);
        await run.ExecuteAsync();
        Console.WriteLine(run.ToMarkdown());
        return run.Findings.Count == 0 ? 0 : 1;
    }

    /// <summary>The long run of every machine, one after another.</summary>
    public static async Task<int> RunAllAsync(string[] arguments)
    {
        var worst = 0;
        foreach (var machine in s_all)
            worst = Math.Max(worst, await RunAsync(machine, arguments));
        return worst;
    }

    public static int Help()
    {
        Console.Error.WriteLine("NAME [--minutes M] [--count N] [--seed S] [--only INDEX] [--keep FOLDER]; without these the long run of "
            + $"the machine. NAME is all, or one of: {string.Join(", ", s_all.Select(m => m.Name))}.");
        return 2;
    }
}
