using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

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

    /// <summary>
    /// Sends a command to this server alone, as redis-cli does; a client for clusters would first look for those that are dead.
    /// </summary>
    public async Task<string> ExecuteAsync(string command)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port);
        var words = command.Split(' ');
        var lines = words.Select(word => string.Create(CultureInfo.InvariantCulture, $"${word.Length}\r\n{word}\r\n"));
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"*{words.Length}\r\n{string.Concat(lines)}")));
        using var reader = new StreamReader(client.GetStream(), Encoding.ASCII);
        var reply = await reader.ReadLineAsync() ?? "";
        if (reply.StartsWith('-'))
            throw new IOException($"{Address} refuses '{command}': {reply[1..]}");
        if (!reply.StartsWith('$'))
            return reply[1..];
        var text = new char[int.Parse(reply[1..], CultureInfo.InvariantCulture)];
        await reader.ReadBlockAsync(text);
        return new string(text);
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
