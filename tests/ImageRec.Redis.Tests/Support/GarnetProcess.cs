using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace ImageRec.Redis.Tests.Support;

/// <summary>
/// A Garnet server in a process of its own, on a loopback port, with its files in a temporary folder. It ends with this process, however
/// that ends: it reads a pipe that closes then.
/// </summary>
internal sealed class GarnetProcess : IAsyncDisposable
{
    private static readonly string s_path = Assembly.GetExecutingAssembly().GetCustomAttributes<AssemblyMetadataAttribute>()
        .First(data => data.Key == "Garnet").Value!;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("imagerec-garnet-");
    private readonly string[] _more;
    private Process? _process;

    private GarnetProcess(string[] more) => _more = more;

    public int Port { get; } = FreePort();

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>Gets how much memory the process holds, in bytes; 0 when it does not run.</summary>
    public long WorkingSet
    {
        get
        {
            _process?.Refresh();
            return _process?.WorkingSet64 ?? 0;
        }
    }

    public static async Task<GarnetProcess> StartAsync(params string[] more)
    {
        var server = new GarnetProcess(more);
        try
        {
            await server.RestartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server again on the files it has.</summary>
    public async Task RestartAsync()
    {
        var port = Port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName,
        };
        string[] arguments =
        [
            s_path, "--enable-vector-set-preview", "--device-type", "RandomAccess", "--bind", "127.0.0.1", "--port", port,
            .. _more.Contains("--memory") ? Array.Empty<string>() : ["--memory", "128m", "--page", "4m", "--index", "16m"],
            "--aof", "--aof-memory", "32m", "--aof-page-size", "8m",
            "--aof-commit-wait", "--recover", "--checkpointdir", _folder.FullName, .. _more,
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_gcServer"] = "0";
        _process = Process.Start(start)!;
        var (started, said) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), new ConcurrentQueue<string>());
        DataReceivedEventHandler read = (_, line) =>
        {
            said.Enqueue(line.Data ?? "");
            if (line.Data?.Contains("started", StringComparison.Ordinal) == true)
                started.TrySetResult();
        };
        // Whatever it says later is read, too, so that it never waits for us.
        _process.OutputDataReceived += read;
        _process.ErrorDataReceived += read;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        if (await Task.WhenAny(started.Task, _process.WaitForExitAsync(), Task.Delay(TimeSpan.FromMinutes(2))) != started.Task)
            throw new InvalidOperationException($"Garnet did not start: {string.Join('\n', said)}");
    }

    /// <summary>Asks this server, whatever the others of its cluster say.</summary>
    /// <remarks>A client for clusters would first wait for those servers that are dead.</remarks>
    public Task<string> ExecuteAsync(params object[] command) => PlainCommand.ExecuteAsync(Port, command);

    /// <summary>Sends a signal, such as STOP, which freezes the process, or CONT, which lets it go on.</summary>
    public async Task SignalAsync(string name)
    {
        using var kill = Process.Start("kill", [$"-{name}", _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    /// <summary>Ends the process at once (SIGKILL).</summary>
    public async Task KillAsync()
    {
        if (_process is not { } process)
            return;
        _process = null;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A temporary folder more.
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
