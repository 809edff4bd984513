using System.Diagnostics;
using System.Net.Http.Json;
using ImageRec.AspNetCore;

namespace ShopLoad;

/// <summary>The server, started by this program and ended with it.</summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, HttpClient client) => (_process, Client) = (process, client);

    public HttpClient Client { get; }

    /// <summary>Memory the server holds, in MB.</summary>
    public double Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1024d / 1024;
        }
    }

    public static async Task<ServerProcess> StartAsync(
        DirectoryInfo photos, FileInfo? alexNet, FileInfo file, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        foreach (var argument in (string[])["serve", "--photos", photos.FullName, "--file", file.FullName, .. alexNet is null
            ? []
            : new[] { "--alexnet", alexNet.FullName }])
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        var address = await process.StandardOutput.ReadLineAsync(cancellationToken)
            ?? throw new InvalidOperationException("The server did not start.");
        var server = new ServerProcess(process, new HttpClient { BaseAddress = new Uri(address) });
        await server.UntilReadyAsync(cancellationToken);
        return server;
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Kill();
        _process.Dispose();
    }

    private async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        for (var last = -1; ; await Task.Delay(200, cancellationToken))
        {
            var status = (await Client.GetFromJsonAsync<IndexingStatus>("/visual/status", cancellationToken))!;
            if (status.State == IndexingState.Ready)
            {
                Console.WriteLine($"{status.Indexed:N0} products");
                return;
            }
            if (status.State == IndexingState.Failed)
                throw new InvalidOperationException(status.Message);
            if (status.Done / 500 != last)
                Console.Error.WriteLine($"indexing: {status.Done:N0} of {status.Total:N0}, {status.PerSecond} a second");
            last = status.Done / 500;
        }
    }
}
