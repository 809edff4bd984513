using System.Globalization;

namespace ImageRec.Tests.Tool;

public class InterruptionTests : ToolTest
{
    private const int Photos = 600;

    [Fact]
    public async Task Index_KilledThenRunAgain_ComputesTheRestAndGivesTheSameFile()
    {
        Draw("photos", Photos);
        Assert.NotEqual(0, (await StoppedAsync(tool => tool.Kill(), "killed.imagerec")).ExitCode);
        var kept = ComputedSoFar("killed.imagerec");

        var again = await IndexAsync("photos", "-o", "killed.imagerec", "--json");
        await IndexAsync("photos", "-o", "whole.imagerec");

        Assert.InRange(kept, 1, Photos - 1);
        Assert.Equal(Photos - kept, again.Json.GetProperty("computed").GetInt32());
        Assert.Equal(kept, again.Json.GetProperty("reused").GetInt32());
        Assert.Equal(Dump("whole.imagerec"), Dump("killed.imagerec"));
    }

    [Fact]
    public async Task Index_CtrlC_KeepsWhatWasDoneAndSaysSo()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGINT.");
        Assert.SkipWhen(IgnoresInterrupts(), "SIGINT is ignored, as in a script's background jobs: start the tests in its foreground.");
        Draw("photos", Photos);
        var stopped = await StoppedAsync(tool => tool.Interrupt(), "shop.imagerec", "--json");
        var query = await RunAsync("query", "shop.imagerec", "photos/hat/hat-001.jpg");
        var again = await IndexAsync("photos", "-o", "shop.imagerec", "--json");

        Assert.Equal(130, stopped.ExitCode);
        Assert.Equal("", stopped.Out);
        Assert.Contains($"of {Photos} photos", stopped.Error);
        Assert.Contains("the same command goes on from there", stopped.Error);
        Assert.DoesNotContain("   at ", stopped.Error);
        Assert.Equal(1, query.ExitCode);
        Assert.Contains("was interrupted", query.Error);
        Assert.InRange(again.Json.GetProperty("reused").GetInt32(), 1, Photos);
        Assert.Equal(Photos, again.Json.GetProperty("items").GetInt32());
    }

    [Fact]
    public async Task Index_Terminated_ExitsWith143AndKeepsWhatWasDone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Sends SIGTERM.");
        Draw("photos", Photos);
        var stopped = await StoppedAsync(tool => tool.Terminate(), "shop.imagerec");

        Assert.Equal(143, stopped.ExitCode);
        Assert.Contains("the same command goes on from there", stopped.Error);
        Assert.InRange(ComputedSoFar("shop.imagerec"), 1, Photos);
    }

    [Theory]
    [InlineData("wrong")]
    [InlineData("wrong", "--learn")]
    public async Task Index_NothingCanBeRead_LeavesNoFileBehind(string folder, params string[] options)
    {
        Directory.CreateDirectory(PathOf("wrong"));
        File.WriteAllText(PathOf("wrong/1.jpg"), "words");
        File.WriteAllText(PathOf("wrong/2.jpg"), "more words");

        var run = await IndexAsync([folder, "-o", "shop.imagerec", .. options]);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("None of the 2 pictures could be read", run.Error);
        Assert.DoesNotContain("kept", run.Error);
        Assert.Empty(Directory.GetFiles(PathOf("."), "shop.imagerec*"));
    }

    [Fact]
    public async Task Index_FailsOnAFileThatWasThere_LeavesItAsItWas()
    {
        Draw("photos", 24);
        await IndexAsync("photos", "-o", "shop.imagerec");
        var before = Dump("shop.imagerec");

        var run = await IndexAsync("photos", "-o", "shop.imagerec", "--seed", "2");

        Assert.Equal(1, run.ExitCode);
        Assert.Equal(before, Dump("shop.imagerec"));
    }

    [Fact]
    public async Task Index_MarginsKept_IsAnotherCatalogThanTrimmed()
    {
        Draw("photos", 24);
        var kept = await IndexAsync("photos", "-o", "kept.imagerec", "--margins", "keep", "--json");
        var again = await IndexAsync("photos", "-o", "kept.imagerec", "--json");
        var trimmed = await IndexAsync("photos", "-o", "kept.imagerec", "--margins", "trim");

        Assert.Equal(0, kept.ExitCode);
        Assert.Equal(24, again.Json.GetProperty("reused").GetInt32());
        Assert.Equal(1, trimmed.ExitCode);
    }

    [Fact]
    public async Task Index_FileWhoseNetworkIsDamaged_FailsAndSaysSo()
    {
        Draw("photos", 24);
        await IndexAsync("photos", "-o", "shop.imagerec");
        using (var connection = Connect("shop.imagerec", "ReadWrite"))
        {
            using var damage = connection.CreateCommand();
            damage.CommandText = "UPDATE state SET data = zeroblob(length(data)) WHERE name = 'network'";
            Assert.NotEqual(0, damage.ExecuteNonQuery());
        }
        var before = Dump("shop.imagerec");

        var run = await IndexAsync("photos", "-o", "shop.imagerec");

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("is damaged: part 0 of its network fails its checksum", run.Error);
        Assert.Equal(before, Dump("shop.imagerec"));
    }

    [Fact]
    public async Task Index_TwoProcessesOnOneFile_NeitherHarmsIt()
    {
        Draw("photos", 200);
        using var first = StartIndex("photos", "-o", "shop.imagerec");
        using var second = StartIndex("photos", "-o", "shop.imagerec");

        var runs = new[] { await first.EndAsync(Token), await second.EndAsync(Token) };
        var after = await IndexAsync("photos", "-o", "shop.imagerec", "--json");
        await IndexAsync("photos", "-o", "alone.imagerec");

        Assert.Contains(runs, run => run.ExitCode == 0);
        Assert.All(runs.Where(run => run.ExitCode != 0), run => Assert.Contains("is being changed by", run.Error));
        Assert.Equal(0, after.Json.GetProperty("computed").GetInt32());
        Assert.Equal(Dump("alone.imagerec"), Dump("shop.imagerec"));
    }

    /// <summary>Whether this process, and so whatever it starts, ignores SIGINT. Only Linux tells.</summary>
    private static bool IgnoresInterrupts()
    {
        const string Status = "/proc/self/status", Ignored = "SigIgn:";
        const ulong Interrupt = 1UL << (2 - 1);
        return File.Exists(Status)
            && File.ReadLines(Status).FirstOrDefault(line => line.StartsWith(Ignored, StringComparison.Ordinal)) is { } line
            && (ulong.Parse(line.AsSpan(Ignored.Length).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & Interrupt) != 0;
    }

    /// <summary>Indexes the photos, and stops that in the middle.</summary>
    private async Task<ToolRun> StoppedAsync(Action<ToolProcess> stop, string file, params string[] options)
    {
        for (var tries = 1; ; tries++)
        {
            using var tool = StartIndex(["photos", "-o", file, .. options]);
            await WaitForFirstPhotosAsync(file, tool);
            stop(tool);
            var run = await tool.EndAsync(Token);
            // On a busy machine the command may have ended before the signal came.
            if (run.ExitCode != 0 || tries == 5)
                return run;
            File.Delete(PathOf(file));
        }
    }
}
