using System.Runtime.InteropServices;
using ImageRec.Tool.Output;

namespace ImageRec.Tool.Commands;

/// <summary>Ctrl-C and SIGTERM: the first asks the work to stop, the second ends the process at once.</summary>
/// <remarks>The catalog file is whole either way.</remarks>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Terminal _terminal;
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal(Terminal terminal)
    {
        _terminal = terminal;
        PosixSignal[] signals = [PosixSignal.SIGINT, PosixSignal.SIGTERM];
        _registrations = Array.ConvertAll(signals, signal => PosixSignalRegistration.Create(signal, Receive));
    }

    public CancellationToken Token => _stop.Token;

    public int ExitCode { get; private set; } = Commands.ExitCode.Interrupted;

    public void Dispose()
    {
        Array.ForEach(_registrations, registration => registration.Dispose());
        _stop.Dispose();
    }

    private void Receive(PosixSignalContext signal)
    {
        if (_stop.IsCancellationRequested)
            return;
        signal.Cancel = true;
        ExitCode = signal.Signal == PosixSignal.SIGTERM ? Commands.ExitCode.Terminated : Commands.ExitCode.Interrupted;
        _terminal.Note("Stopping after this step; Ctrl-C again stops at once.");
        _stop.Cancel();
    }
}
