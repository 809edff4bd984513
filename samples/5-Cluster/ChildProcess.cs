using System.Diagnostics;

namespace Cluster;

/// <summary>A process of this program in one of its roles. It ends when it is disposed, or when this process ends.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    public ChildProcess(string role, IEnumerable<string> arguments, string? folder, Action<string> said)
    {
        var program = Environment.ProcessPath!;
        var start = new ProcessStartInfo(program)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            WorkingDirectory = folder ?? Environment.CurrentDirectory,
        };
        if (Path.GetFileNameWithoutExtension(program) == "dotnet")
            start.ArgumentList.Add(typeof(ChildProcess).Assembly.Location);
        start.ArgumentList.Add(role);
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        // Several servers on one machine: none of them should take a heap per core.
        start.Environment["DOTNET_gcServer"] = "0";
        _process = Process.Start(start)!;
        DataReceivedEventHandler read = (_, line) =>
        {
            if (line.Data is { } text)
                said(text);
        };
        _process.OutputDataReceived += read;
        _process.ErrorDataReceived += read;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Waits until the process has ended by itself.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        if (_process.ExitCode != 0)
            throw new InvalidOperationException($"A process of the sample ended with {_process.ExitCode}.");
    }

    /// <summary>Asks the process to end, by closing its input, and waits for it.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync(cancellationToken);
    }

    /// <summary>Ends the process at once, as a machine does that loses its power (SIGKILL).</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }
}
