using System.Diagnostics;
using System.Text.Json;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>FAISS and hnswlib as Debian packages them, on the same vectors, where the script that runs them is present.</summary>
internal static class Peers
{
    private const string Python = "/usr/bin/python3";

    public static List<Measurement> Measure(string root, VectorSet set)
    {
        var script = Path.GetFullPath(Path.Combine(root, "..", "shared", "peers", "ann_peers.py"));
        var points = new List<Measurement>();
        if (!File.Exists(script) || !File.Exists(Python))
        {
            Console.WriteLine($"Peers are left out: {script} or {Python} is missing.");
            return points;
        }
        var folder = Directory.CreateTempSubdirectory("imagerec-peers-");
        try
        {
            string rows = Path.Combine(folder.FullName, "base.npy"), queries = Path.Combine(folder.FullName, "query.npy");
            NpyFile.Write(rows, set.Base);
            NpyFile.Write(queries, set.Queries);
            using var process = Process.Start(new ProcessStartInfo(Python, [script, rows, queries]) { RedirectStandardOutput = true })!;
            while (process.StandardOutput.ReadLine() is { } line)
            {
                points.Add(Parse(line));
                Console.WriteLine(points[^1]);
            }
            process.WaitForExit();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        return points;
    }

    private static Measurement Parse(string line)
    {
        using var json = JsonDocument.Parse(line);
        var point = json.RootElement;
        return new Measurement(
            point.GetProperty("system").GetString()!, point.GetProperty("setting").GetString()!, point.GetProperty("recall").GetDouble(),
            point.GetProperty("us_per_query").GetDouble(), point.GetProperty("build_s").GetDouble(),
            point.GetProperty("bytes").GetInt64(), null);
    }
}
