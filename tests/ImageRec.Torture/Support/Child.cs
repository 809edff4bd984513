using System.Diagnostics;

namespace ImageRec.Torture;

/// <summary>This same program in a process of its own, in one of the <see cref="Roles"/>.</summary>
internal sealed class Child : IDisposable
{
    public const string Verb = "--child";

    private readonly Process _process;
    private readonly TaskCompletionSource _ended = new();
    private readonly Task<string> _errors;

    private Child(Process process, Action<string> read)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is null)
                _ended.TrySetResult();
            else
                read(line.Data);
        };
        process.BeginOutputReadLine();
    }

    /// <summary>Starts it.</summary>
    /// <param name="role">What it does.</param>
    /// <param name="read">Called for every line it prints, one after another.</param>
    /// <param name="arguments">Handed to the role.</param>
    public static Child Start(string role, Action<string> read, params string[] arguments) => StartAs([], role, read, arguments);

    /// <summary>Starts it by way of another command.</summary>
    /// <param name="before">The command and its arguments, such as <c>setpriv --reuid=65534</c>.</param>
    /// <param name="role">What it does.</param>
    /// <param name="read">Called for every line it prints.</param>
    /// <param name="arguments">Handed to the role.</param>
    public static Child StartAs(string[] before, string role, Action<string> read, params string[] arguments)
    {
        var assembly = typeof(Child).Assembly;
        var own = Path.Combine(AppContext.BaseDirectory, assembly.GetName().Name + (OperatingSystem.IsWindows() ? ".exe" : ""));
        var start = new ProcessStartInfo { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        string[] program = File.Exists(own) ? [own] : ["dotnet", assembly.Location];
        string[] line = [.. before, .. program, Verb, role, .. arguments];
        start.FileName = line[0];
        foreach (var argument in line[1..])
            start.ArgumentList.Add(argument);
        return new(Process.Start(start) ?? throw new InvalidOperationException($"'{start.FileName}' does not start."), read);
    }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>Bytes of memory it uses now; 0 when it has ended.</summary>
    public long WorkingSet
    {
        get
        {
            try
            {
                _process.Refresh();
                return _process.HasExited ? 0 : _process.WorkingSet64;
            }
            catch (InvalidOperationException)
            {
                return 0;
            }
        }
    }

    /// <summary>SIGKILL: it cannot tidy up.</summary>
    public void Kill()
    {
        if (!_process.HasExited)
            _process.Kill();
    }

    /// <summary>Writes a line to its standard input.</summary>
    public void Tell(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
    }

    /// <summary>Closes its standard input, which asks a role to end.</summary>
    public void AskToEnd() => _process.StandardInput.Close();

    /// <summary>Waits until it has ended and its last line was read.</summary>
    /// <returns>What it wrote to its error stream.</returns>
    public async Task<string> EndAsync(CancellationToken cancellationToken)
    {
        await _process.WaitForExitAsync(cancellationToken);
        await _ended.Task.WaitAsync(cancellationToken);
        return await _errors;
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }
}
