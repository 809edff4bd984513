using System.Diagnostics;

namespace ImageRec.AspNetCore.Tests.Browser;

/// <summary>The sample shop as a visitor's machine runs it: a process of its own, with a folder of its own.</summary>
internal sealed class ShopProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ShopProcess(Process process, Uri address) => (_process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>Whether this build of the library has the network the shop needs.</summary>
    public static bool CanStart => typeof(RecommenderBuilder).Assembly.GetManifestResourceInfo("compact-net.onnx") is not null;

    public static void SkipUnlessItCanStart() =>
        Assert.SkipUnless(CanStart, "This build of ImageRec has no network inside, so the shop cannot index.");

    /// <summary>Starts the shop and waits until it says that it is open.</summary>
    public static async Task<ShopProcess> StartAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "Shop.dll"), "--urls", "http://127.0.0.1:0",
            .. arguments])
            start.ArgumentList.Add(argument);
        start.Environment["SHOP_FOLDER"] = folder;
        var process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (line.StartsWith("The shop is open: ", StringComparison.Ordinal))
            {
                _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
                _ = process.StandardError.ReadToEndAsync(CancellationToken.None);
                return new ShopProcess(process, new Uri(line.Split(' ')[4]));
            }
        }
        throw new InvalidOperationException(
            $"The shop did not open: {string.Join('\n', said)} {await process.StandardError.ReadToEndAsync(CancellationToken.None)}");
    }

    /// <summary>Kills it, as a crash or a power cut would.</summary>
    public async Task KillAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }
}
