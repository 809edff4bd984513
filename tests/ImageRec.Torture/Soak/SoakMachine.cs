using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace ImageRec.Torture.Soak;

/// <summary>Mixed load at constant size: memory, open files and the catalog file stay as they are.</summary>
internal sealed class SoakMachine : IMachine
{
    private const double MemoryGrowth = 1.05;
    private const double FileGrowth = 1.2;
    private const int HandleGrowth = 4;
    private const int Items = 20_000;
    private static readonly TimeSpan s_settled = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_around = TimeSpan.FromMinutes(1);

    public string Name => "soak";

    public string Unit => "changes";

    public int LongCount => int.MaxValue;

    public double? LongMinutes => 30;

    public async Task RunAsync(MachineRun run)
    {
        using var scratch = new Scratch();
        var file = scratch.File("catalog.imagerec");
        var samples = new List<Sample>();
        long answers, changes;
        await using (var engine = await Things.Builder()
            .BuildAsync(Things.Catalog(Enumerable.Range(0, Items).Select(i => new Thing(Load.Id(i), 0))), file))
        {
            var load = new Load(engine, run, Items);
            var clock = Stopwatch.StartNew();
            var running = load.RunAsync();
            while (run.Goes(load.Changes))
            {
                samples.Add(Sample.Take(clock.Elapsed, file));
                run.Progress(() => $"{load.Answers:N0} answers, {load.Changes:N0} changes, {samples[^1].WorkingSet / 1e6:F0} MB of memory, "
                    + $"{samples[^1].Handles} open files, file {samples[^1].FileSize / 1e6:F1} MB + {samples[^1].Companions / 1e6:F1} MB");
                // Every ten seconds; a short run would end without a sample.
                for (var i = 0; i < (clock.Elapsed > s_around ? 100 : 5) && run.Goes(load.Changes); i++)
                    await Task.Delay(100);
            }
            load.End();
            await running;
            samples.Add(Sample.Take(clock.Elapsed, file));
            (answers, changes) = (load.Answers, load.Changes);
            if (engine.Count != Items)
                run.Find($"there are {engine.Count:N0} items; the load leaves {Items:N0}");
        }
        run.Figure("answers", $"{answers:N0}");
        run.Figure("changes", $"{changes:N0}");
        Memory(run, samples);
        var (early, late) = (samples[Math.Min(samples.Count - 1, 3)].Handles, samples[^1].Handles);
        run.Figure("open files, soon after the start and at the end", $"{early}, {late}");
        if (late > early + HandleGrowth)
            run.Find($"there were {early} open files soon after the start, and {late} at the end");
        FileSize(run, samples, file, scratch);
    }

    private static void Memory(MachineRun run, List<Sample> samples)
    {
        var end = samples[^1].At;
        if (end < s_settled + s_around * 2)
        {
            run.Figure("working set at the end, MB", $"{samples[^1].WorkingSet / 1e6:F0}");
            return;
        }
        var settled = Median(samples.Where(s => s.At >= s_settled && s.At < s_settled + s_around));
        var last = Median(samples.Where(s => s.At > end - s_around));
        run.Figure("working set, median of the minute after minute 5, MB", $"{settled / 1e6:F1}");
        run.Figure($"working set, median of the minute before minute {end.TotalMinutes:F0}, MB",
            $"{last / 1e6:F1} ({(last / settled - 1) * 100:+0.0;-0.0} %)");
        var megabytes = samples.Where(s => s.At >= s_settled).Select(s => s.WorkingSet / 1e6).ToList();
        run.Figure("working set, least and most after minute 5, MB", $"{megabytes.Min():F1}, {megabytes.Max():F1}");
        if (last > settled * MemoryGrowth)
            run.Find($"the working set grew from {settled / 1e6:F1} MB at minute 5 to {last / 1e6:F1} MB");
    }

    private static void FileSize(MachineRun run, List<Sample> samples, string file, Scratch scratch)
    {
        var (most, beside, size) = (samples.Max(s => s.FileSize), samples.Max(s => s.Companions), new FileInfo(file).Length);
        var live = LiveContent(file, scratch);
        run.Figure("file, most while used and after dispose, MB", $"{most / 1e6:F2}, {size / 1e6:F2}");
        run.Figure("beside the file, most while used, MB", $"{beside / 1e6:F2}");
        run.Figure("its live content (a compact copy), MB",
            $"{live / 1e6:F2}; the file was {(double)most / live:F2} times as large at most");
        if (most > live * FileGrowth)
            run.Find($"the file came to {most / 1e6:F2} MB for {live / 1e6:F2} MB of content");
        if (Directory.GetFiles(scratch.Folder, "catalog.imagerec-*").FirstOrDefault() is { } companion)
            run.Find($"after dispose '{companion}' is still there");
    }

    private static long LiveContent(string file, Scratch scratch)
    {
        var (copy, compact) = (scratch.File("copy"), scratch.File("compact"));
        File.Copy(file, copy);
        using (var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = copy, Pooling = false }.ToString()))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $compact";
            command.Parameters.AddWithValue("$compact", compact);
            command.ExecuteNonQuery();
        }
        return new FileInfo(compact).Length;
    }

    private static double Median(IEnumerable<Sample> samples) =>
        samples.Select(s => (double)s.WorkingSet).Order().ToList() is { Count: > 0 } sorted ? sorted[sorted.Count / 2] : 0;
}
