using System.Globalization;
using System.Net;
using System.Net.Sockets;
using StackExchange.Redis;

namespace Cluster;

/// <summary>One server of the cluster, in a process of its own, on a loopback port.</summary>
internal sealed class GarnetNode : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public GarnetNode(string folder)
    {
        Directory.CreateDirectory(folder);
        string[] arguments =
        [
            "--enable-vector-set-preview", "--device-type", "RandomAccess", "--bind", "127.0.0.1",
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--cluster", "--gossip-delay", "1",
            "--memory", "128m", "--page", "4m", "--index", "16m",
            "--aof", "--aof-memory", "32m", "--aof-page-size", "8m", "--aof-commit-wait", "--checkpointdir", folder,
        ];
        _process = new ChildProcess(Roles.Server, arguments, folder, line =>
        {
            if (line == "started")
                _started.TrySetResult();
        });
    }

    public int Port { get; } = FreePort();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public Task StartedAsync(CancellationToken cancellationToken) => _started.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);

    public async Task<string> ExecuteAsync(params object[] command)
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(
            $"{Address},allowAdmin=true,protocol=resp2,connectTimeout=20000,asyncTimeout=20000");
        return (await connection.GetServer(Address).ExecuteAsync((string)command[0], command[1..])).ToString();
    }

    public Task KillAsync() => _process.KillAsync();

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
