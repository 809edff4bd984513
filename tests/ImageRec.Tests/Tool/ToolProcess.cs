using System.Diagnostics;
using System.Reflection;

namespace ImageRec.Tests.Tool;

/// <summary>The built command, running.</summary>
internal sealed class ToolProcess : IDisposable
{
    private static readonly string s_tool = typeof(ToolProcess).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(a => a.Key == "Tool").Value!;
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly Task<string> _error;

    private ToolProcess(Process process) =>
        (_process, _out, _error) = (process, process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());

    public static ToolProcess Start(string folder, params string[] arguments) => Start(null, folder, "dotnet", [s_tool, .. arguments]);

    /// <summary>Starts it under a culture, named as POSIX does; null for that of the tests.</summary>
    public static ToolProcess StartUnder(string? locale, string folder, params string[] arguments) =>
        Start(locale, folder, "dotnet", [s_tool, .. arguments]);

    /// <summary>Runs a shell script in which <c>$imagerec</c> is the command.</summary>
    public static ToolProcess StartScript(string folder, string script) =>
        Start(null, folder, "bash",
            ["-c", $"imagerec='{(TestCulture.PosixName is { } name ? $"env LC_ALL={name} " : "")}dotnet {s_tool}'; {script}"]);

    private static ToolProcess Start(string? locale, string folder, string program, string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        // The shell itself would complain of a locale that the system lacks.
        if (program == "dotnet")
            TestCulture.PassOn(start.Environment);
        if (locale is not null)
            start.Environment["LC_ALL"] = locale;
        return new(Process.Start(start)!);
    }

    public bool HasExited => _process.HasExited;

    /// <summary>SIGKILL, as <c>kill -9</c>.</summary>
    public void Kill() => _process.Kill();

    /// <summary>SIGINT, as Ctrl-C.</summary>
    public void Interrupt() => Signal("-INT");

    /// <summary>SIGTERM, as a service manager stops a process.</summary>
    public void Terminate() => Signal("-TERM");

    public async Task<ToolRun> EndAsync(CancellationToken token)
    {
        await _process.WaitForExitAsync(token);
        return new(_process.ExitCode, await _out, await _error);
    }

    private void Signal(string name)
    {
        using var kill = Process.Start("kill", [name, $"{_process.Id}"]);
        kill.WaitForExit();
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.Dispose();
    }
}
