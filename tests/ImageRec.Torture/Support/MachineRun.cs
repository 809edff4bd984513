using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace ImageRec.Torture;

/// <summary>One run of a machine: what it was asked for, how far it is, and what it found. Thread-safe.</summary>
internal sealed class MachineRun(IMachine machine, RunOptions options, Action<string> write, CancellationToken cancellationToken)
{
    private const int Shown = 20;
    private const int ShownLength = 700;
    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(10);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ConcurrentQueue<string> _findings = new();
    private readonly Dictionary<string, (string First, int Count)> _kinds = [];
    private readonly List<(string Name, string Value)> _figures = [];
    private readonly Lock _writing = new();
    private TimeSpan _told;

    public RunOptions Options => options;

    public int Seed => options.Seed;

    public CancellationToken Token => cancellationToken;

    public TimeSpan Elapsed => _clock.Elapsed;

    public IReadOnlyCollection<string> Findings => _findings;

    /// <summary>Whether it runs for its time, alone, and not as a test among others.</summary>
    public bool MeasuresTime => Minutes is not null;

    private double? Minutes => options.Minutes ?? (options.Count is null ? machine.LongMinutes : null);

    /// <summary>How many units at most.</summary>
    public long Most => options.Count ?? (Minutes is null ? machine.LongCount : long.MaxValue / 2);

    /// <summary>Whether another unit is wanted after so many.</summary>
    public bool Goes(long done) => !cancellationToken.IsCancellationRequested && !(_clock.Elapsed.TotalMinutes >= Minutes) && done < Most;

    /// <summary>Tells something that should not be.</summary>
    public void Find(string what)
    {
        _findings.Enqueue(what);
        var kind = Kind(what);
        lock (_writing)
        {
            var (first, count) = _kinds.GetValueOrDefault(kind, (what, 0));
            _kinds[kind] = (first, count + 1);
            if (count > 0 || _kinds.Count > Shown)
                return;
        }
        Write($"FOUND (seed {Seed}): {Short(what)}");
    }

    /// <summary>Keeps an input that showed something.</summary>
    /// <returns>Its path.</returns>
    public string Keep(string name, ReadOnlySpan<byte> content)
    {
        Directory.CreateDirectory(options.Keep);
        var path = Path.Combine(options.Keep, $"{machine.Name}-{name}");
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Says how far it is, at most every ten seconds.</summary>
    public void Progress(Func<string> where)
    {
        lock (_writing)
        {
            if (_clock.Elapsed - _told < s_silence)
                return;
            _told = _clock.Elapsed;
        }
        Write($"Progress {machine.Name} {_clock.Elapsed:hh\\:mm\\:ss}: {where()}; {_findings.Count} found");
    }

    /// <summary>A figure for the table.</summary>
    public void Figure(string name, FormattableString value)
    {
        lock (_writing)
            _figures.Add((name, value.ToString(CultureInfo.InvariantCulture)));
    }

    /// <summary>Runs the machine; what it throws itself is a finding.</summary>
    public async Task ExecuteAsync()
    {
        var wanted = Minutes is { } minutes ? $"{minutes} minutes" : $"{Most:N0} {machine.Unit}";
        Write($"Progress {machine.Name}: seed {Seed}, {wanted}");
        try
        {
            await machine.RunAsync(this);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
        }
        catch (Exception e)
        {
            Find($"the machine itself stopped: {e}");
        }
    }

    /// <summary>The section of <c>benchmarks/results/torture.md</c>.</summary>
    public string ToMarkdown()
    {
        var text = new StringBuilder();
        var asked = options.Count is { } count ? $" --count {count}" : "";
        var time = options.Minutes is { } minutes ? string.Create(CultureInfo.InvariantCulture, $" --minutes {minutes}") : "";
        text.AppendLine(CultureInfo.InvariantCulture, $"## {machine.Name}").AppendLine();
        text.AppendLine(CultureInfo.InvariantCulture,
            $"`dotnet run -c Release --project tests/ImageRec.Torture -- {machine.Name}{asked}{time} --seed {Seed}`").AppendLine();
        text.AppendLine("| | |").AppendLine("|---|---|");
        foreach (var (name, value) in _figures)
            text.AppendLine(CultureInfo.InvariantCulture, $"| {name} | {value} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| time | {_clock.Elapsed:hh\\:mm\\:ss} |");
        text.AppendLine(CultureInfo.InvariantCulture, $"| found | {_findings.Count} |").AppendLine();
        foreach (var (first, times) in _kinds.Values.OrderByDescending(k => k.Count).Take(Shown))
            text.AppendLine(CultureInfo.InvariantCulture, $"- {times} like this: {Short(first)}");
        if (_kinds.Count > 0)
            text.AppendLine();
        var version = typeof(RecommenderBuilder).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        text.AppendLine(CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, "
            + $"ImageRec {version}");
        return text.ToString();
    }

    /// <summary>What findings of one kind have in common: their words without numbers and what is quoted.</summary>
    private static string Kind(string what)
    {
        var words = string.Concat(what.ReplaceLineEndings(" ").Split(": ", 2)[^1].Split('\'').Where((_, i) => i % 2 == 0));
        return new([.. words.Where(c => !char.IsDigit(c)).Take(160)]);
    }

    private static string Short(string what) =>
        what.ReplaceLineEndings(" ") is { Length: > ShownLength } text ? text[..ShownLength] + " ..." : what.ReplaceLineEndings(" ");

    private void Write(string line)
    {
        lock (_writing)
            write(line);
    }
}
