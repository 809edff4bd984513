namespace ImageRec.Torture;

/// <summary>A short run of a machine as a test: what it finds fails.</summary>
internal static class ShortRun
{
    public static async Task<MachineRun> PassesAsync(IMachine machine, int count)
    {
        var run = new MachineRun(machine, new RunOptions { Count = count }, TestContext.Current.TestOutputHelper!.WriteLine,
            TestContext.Current.CancellationToken);
        await run.ExecuteAsync();
        Assert.True(run.Findings.Count == 0, run.ToMarkdown());
        return run;
    }
}
