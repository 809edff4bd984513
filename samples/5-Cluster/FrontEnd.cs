using System.Diagnostics;
using System.Globalization;

namespace Cluster;

/// <summary>Counts what the process of a front end says.</summary>
internal sealed class FrontEnd : IAsyncDisposable
{
    private readonly ChildProcess _process;
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> _acknowledged = [];
    private readonly List<double> _milliseconds = [];
    private readonly SortedDictionary<string, int> _errors = new(StringComparer.Ordinal);
    private long _last;
    private TimeSpan _gap;

    public FrontEnd(string connection, int number) => _process = new ChildProcess(
        Roles.FrontEnd, [connection, number.ToString(CultureInfo.InvariantCulture)], folder: null, Note);

    /// <summary>Gets how many questions were answered, with ten products each.</summary>
    public int Answered => _milliseconds.Count;

    public int Failed { get; private set; }

    public int Refused { get; private set; }

    /// <summary>Gets the products whose upsert has returned.</summary>
    public IReadOnlyList<string> Acknowledged => _acknowledged;

    /// <summary>Gets what failed questions and changes said, and how often.</summary>
    public IReadOnlyDictionary<string, int> Errors => _errors;

    public double MedianMilliseconds => _milliseconds.Order().ElementAtOrDefault(_milliseconds.Count / 2);

    /// <summary>Gets the longest time without an answer.</summary>
    public TimeSpan LongestGap => _gap;

    public Task OpenAsync(CancellationToken cancellationToken) => _open.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);

    public Task StopAsync(CancellationToken cancellationToken) => _process.StopAsync(cancellationToken);

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    // Lines come one after another.
    private void Note(string line)
    {
        var (word, rest) = line.Split(' ', 2) is [var first, var second] ? (first, second) : (line, "");
        switch (word)
        {
            case FrontEndRole.Open:
                _last = Stopwatch.GetTimestamp();
                _open.TrySetResult();
                break;
            case FrontEndRole.Answered:
                var now = Stopwatch.GetTimestamp();
                _gap = TimeSpan.FromTicks(Math.Max(_gap.Ticks, Stopwatch.GetElapsedTime(_last, now).Ticks));
                _last = now;
                _milliseconds.Add(double.Parse(rest, CultureInfo.InvariantCulture));
                break;
            case FrontEndRole.Acknowledged:
                _acknowledged.Add(rest);
                break;
            case FrontEndRole.Failed:
                Failed++;
                _errors[rest] = _errors.GetValueOrDefault(rest) + 1;
                break;
            case FrontEndRole.Refused:
                Refused++;
                _errors[rest] = _errors.GetValueOrDefault(rest) + 1;
                break;
            default:
                Console.WriteLine($"  {line}");
                break;
        }
    }
}
