using System.Diagnostics;
using System.Net.Http.Json;

namespace ImageRec.AspNetCore.Tests.Browser;

public sealed class ShopStartTests
{
    [Fact]
    public async Task Start_AfterBeingKilledDuringIndexing_GoesOnWhereItWas()
    {
        ShopProcess.SkipUnlessItCanStart();
        using var folder = new TestFolder();
        await using (var first = await ShopProcess.StartAsync(folder.Path))
        {
            await UntilAsync(first, s => s.Done >= 64);
            await first.KillAsync();
        }
        await using var second = await ShopProcess.StartAsync(folder.Path);
        var states = await UntilAsync(second, s => s.State == IndexingState.Ready);
        Assert.Equal((240, 240), (states[^1].Indexed, states[^1].Total));
    }

    [Theory]
    [InlineData("/nowhere/at/all", "nowhere")]
    [InlineData(null, "picture")]
    public async Task Start_UnusablePhotos_IsASentence(string? photos, string expected)
    {
        using var folder = new TestFolder();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Shop.dll"), "--photos", photos ?? folder.Path])
            start.ArgumentList.Add(argument);
        start.Environment["SHOP_FOLDER"] = folder.Path;
        using var process = Process.Start(start)!;
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(1, process.ExitCode);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task<List<IndexingStatus>> UntilAsync(ShopProcess shop, Func<IndexingStatus, bool> condition)
    {
        using var client = new HttpClient { BaseAddress = shop.Address };
        var states = new List<IndexingStatus>();
        for (var i = 0; i < 1200; i++)
        {
            states.Add((await client.GetFromJsonAsync<IndexingStatus>("/visual/status", TestContext.Current.CancellationToken))!);
            if (condition(states[^1]))
                return states;
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        throw new TimeoutException($"It stays at {states[^1]}.");
    }
}
