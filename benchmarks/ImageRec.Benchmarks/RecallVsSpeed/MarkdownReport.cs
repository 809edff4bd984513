using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>The tables as people read them.</summary>
internal sealed class MarkdownReport
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;
    private readonly StringBuilder _text = new();
    private MemorySpeed _memory;
    private long _floatBytes;

    public MarkdownReport(string title)
    {
        _text.AppendLine(Culture, $"# {title}").AppendLine();
        _text.AppendLine("`dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- recall-vs-speed`").AppendLine();
        _text.AppendLine(Culture, $"{Processor()}, {Environment.ProcessorCount} processors, {RuntimeInformation.OSDescription}, "
            + $"{RuntimeInformation.FrameworkDescription}, {DateTime.UtcNow:yyyy-MM-dd}.");
        _text.AppendLine(
            "Times are of one query at a time on one thread, the best of three passes, for the best 10 rows; builds use all threads.")
            .AppendLine();
    }

    public void Begin(VectorSet set, MemorySpeed memory)
    {
        (_memory, _floatBytes) = (memory, (long)set.Base.Rows * set.Base.Columns * sizeof(float));
        _text.AppendLine(Culture, $"## {set.Base.Rows:N0} x {set.Base.Columns}: {set.Name}").AppendLine();
        _text.AppendLine(Culture, $"{set.Queries.Rows:N0} queries. Reading all float rows once takes {memory.Milliseconds:F2} ms "
            + $"({memory.BytesASecond / 1e9:F1} GB/s, one thread).").AppendLine();
    }

    public void AddSet(List<Measurement> points)
    {
        _text.AppendLine("| system | setting | recall@10 | us/query | allocated B/query | build s | memory / float rows |");
        _text.AppendLine("|---|---|--:|--:|--:|--:|--:|");
        foreach (var p in points)
            _text.AppendLine(Culture, $"| {p.System} | {p.Setting} | {p.Recall:F4} | {p.Microseconds:N1} | "
                + $"{p.AllocatedBytes?.ToString("F0", Culture) ?? ""} | {p.BuildSeconds:F1} | {p.Bytes / (double)_floatBytes:F2} |");
        _text.AppendLine().AppendLine("![recall against time](recall-vs-speed.svg)").AppendLine();
        AddRatios(points);
    }

    public void AddGrowth(List<GrowthRow> rows)
    {
        _text.AppendLine("## Synthetic rows x 128, `Recall = 0.98`").AppendLine();
        _text.AppendLine(
            "Opening reads the saved codes and all rows, each from its file. All threads: exact, each thread one query at a time.")
            .AppendLine();
        _text.AppendLine("| rows | build s | open s | memory / float rows | without floats | recall it measured | recall@10 | us/query | "
            + "exact us/query | exact on all threads, us/query |");
        _text.AppendLine("|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var r in rows)
            _text.AppendLine(Culture, $"| {r.Rows:N0} | {r.BuildSeconds:F1} | {r.OpenSeconds:F1} | {r.MemoryRatio:F2} | "
                + $"{r.CodesOnlyRatio:F2} | {r.SelfRecall:F4} | {r.Recall:F4} | {r.Microseconds:N1} | {r.ExactMicroseconds:N0} | "
                + $"{r.AllThreadsMicroseconds:N0} |");
        if (rows.Find(r => r.Rows == 100_000) is { } small && rows[^1].Rows > small.Rows)
        {
            var (time, root) = (rows[^1].Microseconds / small.Microseconds, Math.Sqrt(rows[^1].Rows / (double)small.Rows));
            _text.AppendLine().AppendLine(Culture, $"From {small.Rows:N0} to {rows[^1].Rows:N0} rows approximate search takes {time:F2} "
                + $"times as long; the square root of the rows grows {root:F2} times.");
        }
        _text.AppendLine();
    }

    public override string ToString() => _text.ToString();

    private void AddRatios(List<Measurement> points)
    {
        var exact = points.First(p => p.Setting == "exact");
        _text.AppendLine(Culture, $"- Exact: {exact.Microseconds / 1000:F2} ms, {exact.Microseconds / 1000 / _memory.Milliseconds:F3} of "
            + $"one pass over the floats.");
        foreach (var recall in new[] { 0.984, 0.9955 })
        {
            if (TimeAt(points, "ImageRec", recall) is not { } ours)
                continue;
            _text.Append(Culture, $"- At recall {recall}: {ours:F0} us");
            _text.AppendLine(TimeAt(points, "hnswlib", recall) is { } theirs
                ? string.Create(Culture, $", {ours / theirs:F2} of hnswlib's {theirs:F0} us.")
                : ".");
        }
        if (points.FirstOrDefault(p => p.System == "hnswlib") is { } hnsw)
            _text.AppendLine(Culture, $"- Build: {exact.BuildSeconds:F1} s exact, "
                + $"{points.Where(p => p.System == "ImageRec").Max(p => p.BuildSeconds):F1} s at most when tuned; hnswlib "
                + $"{hnsw.BuildSeconds:F1} s.");
        _text.AppendLine();
    }

    /// <summary>The time at a recall, along the line between the two measurements around it.</summary>
    private static double? TimeAt(List<Measurement> points, string system, double recall)
    {
        var curve = points.Where(p => p.System == system && !p.Setting.StartsWith("exact", StringComparison.Ordinal))
            .OrderBy(p => p.Recall).ToList();
        var above = curve.FindIndex(p => p.Recall >= recall);
        if (above <= 0)
            return null;
        Measurement low = curve[above - 1], high = curve[above];
        return low.Microseconds + (high.Microseconds - low.Microseconds) * (recall - low.Recall) / (high.Recall - low.Recall);
    }

    private static string Processor()
    {
        const string Info = "/proc/cpuinfo";
        var model = File.Exists(Info)
            ? File.ReadLines(Info).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model?.Split(':')[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
