using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ImageRec.Tests.Engine;

/// <summary>Keeps what is logged.</summary>
internal sealed class LogLines : ILoggerFactory
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IEnumerable<LogLine> Lines => _lines;

    /// <summary>Thrown by every call, once what was logged is kept.</summary>
    public Exception? Failure { get; set; }

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Logger(LogLines lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            lines._lines.Enqueue(new(category, logLevel, eventId, formatter(state, exception), exception));
            if (lines.Failure is { } failure)
                throw failure;
        }
    }
}

/// <summary>Something that was logged.</summary>
internal sealed record LogLine(string Category, LogLevel Level, EventId Id, string Text, Exception? Error);
