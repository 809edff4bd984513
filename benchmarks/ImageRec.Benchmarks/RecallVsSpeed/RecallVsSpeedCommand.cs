using System.Globalization;
namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>
/// One table: recall, time, build and memory of exact and approximate search, beside the peers on the same vectors, and how they grow.
/// </summary>
internal static class RecallVsSpeedCommand
{
    private static readonly int[] Sizes = [10_000, 100_000, 1_000_000, 3_000_000];

    /// <summary>
    /// <c>--base X.npy --query Y.npy</c> takes vectors of your own; <c>--no-peers</c>, <c>--no-growth</c> and <c>--no-set</c> leave a part
    /// out; <c>--largest N</c> ends the growth table there.
    /// </summary>
    public static async Task<int> RunAsync(string[] arguments)
    {
        var root = Repository.Root();
        var results = Path.Combine(root, "benchmarks", "results");
        Directory.CreateDirectory(results);
        if (!arguments.Contains("--no-set"))
            await MeasureSetAsync(root, results, arguments);
        if (!arguments.Contains("--no-growth"))
            await MeasureGrowthAsync(results, int.Parse(Value(arguments, "--largest") ?? "3000000", CultureInfo.InvariantCulture));
        return 0;
    }

    private static async Task MeasureSetAsync(string root, string results, string[] arguments)
    {
        var report = new MarkdownReport("Recall against speed");
        var set = VectorSet.Choose(root, Value(arguments, "--base"), Value(arguments, "--query"));
        report.Begin(set, MemorySpeed.Measure(set.Base));
        var points = await EngineTable.MeasureAsync(set);
        foreach (var point in points)
            Console.WriteLine(point);
        if (!arguments.Contains("--no-peers"))
            points.AddRange(Peers.Measure(root, set));
        report.AddSet(points);
        File.WriteAllText(Path.Combine(results, "recall-vs-speed.svg"), SvgPlot.Draw(points));
        Save(report, Path.Combine(results, "recall-vs-speed.md"));
    }

    private static async Task MeasureGrowthAsync(string results, int largest)
    {
        var report = new MarkdownReport("Growth");
        var rows = new List<GrowthRow>();
        foreach (var size in Sizes.Where(size => size <= largest))
        {
            rows.Add(await GrowthTable.MeasureAsync(size));
            Console.WriteLine(rows[^1]);
        }
        report.AddGrowth(rows);
        Save(report, Path.Combine(results, "growth.md"));
    }

    private static void Save(MarkdownReport report, string path)
    {
        File.WriteAllText(path, report.ToString());
        Console.WriteLine(path);
    }

    private static string? Value(string[] arguments, string name)
    {
        var at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
