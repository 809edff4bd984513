using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace ImageRec.VectorData.Tests.Support;

/// <summary>
/// PostgreSQL with pgvector, in a process of its own: PGlite of npm, which is installed beside the tests the first time. It ends with this
/// process: it reads a pipe that closes then.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(3);
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "PGlite");
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("imagerec-pglite-");
    private Process? _process;

    /// <summary>Gets why there is no server; null when there is one.</summary>
    internal string? Missing { get; private set; }

    internal NpgsqlDataSource Source { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Missing = await InstallAsync() ?? await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Source is not null)
            await Source.DisposeAsync();
        await StopAsync();
        try
        {
            _data.Delete(recursive: true);
        }
        catch (IOException)
        {
            // A temporary folder more.
        }
    }

    /// <summary>Ends the server at once and starts it again on the files it has.</summary>
    internal async Task RestartAsync()
    {
        await Source.DisposeAsync();
        // PGlite writes its files when it closes; it is asked to, by the end of its input.
        _process!.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(s_patience);
        _process.Dispose();
        _process = null;
        Assert.Null(await StartAsync());
    }

    private static async Task<string?> InstallAsync()
    {
        if (Directory.Exists(Path.Combine(s_folder, "node_modules", "@electric-sql", "pglite-socket")))
            return null;
        try
        {
            // A command file on Windows, which only a shell starts.
            using var npm = OperatingSystem.IsWindows()
                ? Start("cmd.exe", "/c", "npm", "install", "--no-audit", "--no-fund", "--legacy-peer-deps")
                : Start("npm", "install", "--no-audit", "--no-fund", "--legacy-peer-deps");
            var said = npm.StandardError.ReadToEndAsync();
            _ = npm.StandardOutput.ReadToEndAsync();
            npm.StandardInput.Close();
            await npm.WaitForExitAsync().WaitAsync(s_patience);
            return npm.ExitCode == 0 ? null : Needed($"npm ended with {npm.ExitCode}: {(await said).Trim()}");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or TimeoutException)
        {
            return Needed(e.Message);
        }
    }

    private static string Needed(string why) =>
        $"Needs PostgreSQL with pgvector, which npm installs as PGlite (Debian: apt-get install npm). {why}";

    private async Task<string?> StartAsync()
    {
        var port = FreePort().ToString(CultureInfo.InvariantCulture);
        _process = Start("node", "server.js", port, _data.FullName);
        var said = _process.StandardError.ReadToEndAsync();
        var line = await _process.StandardOutput.ReadLineAsync().WaitAsync(s_patience);
        if (line != "started")
            return Needed($"PGlite said: {line} {await said}");
        _ = _process.StandardOutput.ReadToEndAsync();
        var builder = new NpgsqlDataSourceBuilder(
            $"Host=127.0.0.1;Port={port};Username=postgres;Password=postgres;Database=postgres;SSL Mode=Disable;Maximum Pool Size=8;"
            + "Command Timeout=120;Timeout=120");
        builder.UseVector();
        Source = builder.Build();
        return null;
    }

    private async Task StopAsync()
    {
        if (_process is not { } process)
            return;
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static Process Start(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program)
        {
            WorkingDirectory = s_folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
