using Microsoft.Extensions.Logging;

namespace ImageRec.Building;

/// <summary>Logs for builds and engines: whatever an app's logger throws, a change stays made and every part is disposed.</summary>
internal sealed class GuardedLogger(ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => Guarded(() => inner.IsEnabled(logLevel));

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Guarded(() =>
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            return true;
        });

    private static bool Guarded(Func<bool> work)
    {
        try
        {
            return work();
        }
#pragma warning disable CA1031 // The logger is the app's own; there is nowhere left to tell.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }
}
