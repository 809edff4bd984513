using System.Diagnostics;
using System.Globalization;

namespace ImageRec.Torture.Cluster;

/// <summary>Keeps what front ends have said: which states of a thing were acknowledged, and which were begun since. Thread-safe.</summary>
internal sealed class Ledger
{
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private long _lastAnswer;

    public int Acknowledged { get; private set; }

    public int Answered { get; private set; }

    public int Failed { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Gets what the last question or change that failed was told.</summary>
    public string? LastError { get; private set; }

    /// <summary>Gets the longest time that any front end was without an answer.</summary>
    public TimeSpan LongestGap { get; private set; }

    public IReadOnlyList<string> Ids
    {
        get
        {
            lock (_lock)
                return [.. _entries.Keys];
        }
    }

    /// <summary>Notes a line.</summary>
    /// <returns>What should not be; null for anything else.</returns>
    public string? Read(string line)
    {
        var (word, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
        lock (_lock)
        {
            switch (word)
            {
                case "begin":
                    var begun = rest.Split('|');
                    foreach (var id in begun[..^1])
                        Of(id).Begun.Add(Number(begun[^1]));
                    return null;
                case "done":
                    var done = rest.Split('|');
                    foreach (var id in done[..^2])
                        Of(id).Acknowledge(Number(done[^2]), Number(done[^1]));
                    Acknowledged += done.Length - 2;
                    return null;
                case "answered":
                    var now = Number(rest);
                    if (_lastAnswer != 0)
                        LongestGap = TimeSpan.FromTicks(Math.Max(LongestGap.Ticks, Stopwatch.GetElapsedTime(_lastAnswer, now).Ticks));
                    _lastAnswer = now;
                    Answered++;
                    return null;
                case "failed":
                    Failed++;
                    LastError = rest;
                    return null;
                case "refused":
                    Refused++;
                    LastError = rest;
                    return null;
                case "open":
                    // What came before was another process.
                    _lastAnswer = 0;
                    return null;
                default:
                    return line;
            }
        }
    }

    /// <summary>Judges what the catalog holds of a thing.</summary>
    /// <param name="id">The thing.</param>
    /// <param name="found">Its stamp; 0 when it is not there.</param>
    /// <param name="acknowledged">When the last change was acknowledged.</param>
    /// <returns>Whether it is what was acknowledged last, or begun since.</returns>
    public bool Explains(string id, long found, out long acknowledged)
    {
        lock (_lock)
        {
            var entry = Of(id);
            acknowledged = entry.At;
            return found == entry.State || entry.Begun.Contains(found);
        }
    }

    private Entry Of(string id) => _entries.TryGetValue(id, out var entry) ? entry : _entries[id] = new Entry();

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private sealed class Entry
    {
        public long State { get; private set; }

        public long At { get; private set; }

        public HashSet<long> Begun { get; } = [];

        public void Acknowledge(long state, long at)
        {
            (State, At) = (state, at);
            Begun.Clear();
        }
    }
}
