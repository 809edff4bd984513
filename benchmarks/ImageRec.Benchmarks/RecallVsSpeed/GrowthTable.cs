using System.Diagnostics;
using System.Runtime.InteropServices;
using ImageRec.Ranking;
using ImageRec.Vectors;

namespace ImageRec.Benchmarks.RecallVsSpeed;

/// <summary>One size of the synthetic set: building, opening, memory and query times.</summary>
internal static class GrowthTable
{
    private const int Queries = 500;
    private const int ExactQueries = 50;
    private const double Target = 0.98;

    public static async Task<GrowthRow> MeasureAsync(int rows)
    {
        var set = SyntheticRows.Create(rows, Queries);
        await using var recommender = new CosineRecommender(new CosineOptions { Recall = Target });
        var build = await EngineTable.BuildAsync(recommender, set.Base);
        var report = recommender.Describe();
        var floats = (double)rows * set.Base.Columns * sizeof(float);
        var file = Path.GetTempFileName();
        try
        {
            await using (var state = File.Create(file))
                await recommender.SaveStateAsync(state);
            // The same rows and state, opened to answer exactly, give the truth.
            await using var exact = new CosineRecommender();
            var open = await OpenAsync(exact, file, set.Base);
            var truth = await EngineTable.TruthAsync(exact, set.Queries);
            var watch = Stopwatch.StartNew();
            await EngineTable.TruthAsync(exact, set.Queries);
            var onAllThreads = watch.Elapsed.TotalMicroseconds / Queries;
            var exactly = await EngineTable.MeasureAsync(exact, set.Queries, truth, ExactQueries, "exact", 0);
            var tuned = await EngineTable.MeasureAsync(recommender, set.Queries, truth, Queries, "tuned", build);
            var withoutFloats = report.Bytes - floats;
            return new GrowthRow(
                rows, build, open, report.Bytes / floats, withoutFloats / floats, report.Recall, tuned.Recall, tuned.Microseconds,
                exactly.Microseconds,
                onAllThreads);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static async Task<double> OpenAsync(CosineRecommender recommender, string state, FeatureMatrix rows)
    {
        var rowFile = Path.GetTempFileName();
        try
        {
            await using (var file = File.Create(rowFile))
            {
                for (var row = 0; row < rows.Rows; row++)
                    file.Write(MemoryMarshal.AsBytes(rows[row]));
            }
            var watch = Stopwatch.StartNew();
            await using var source = File.OpenRead(state);
            await recommender.LoadStateAsync(source, new RowFile(rowFile, rows.Columns));
            return watch.Elapsed.TotalSeconds;
        }
        finally
        {
            File.Delete(rowFile);
        }
    }
}
