using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using ImageRec.Evaluation;
using ImageRec.Features;
using ImageRec.Learning;
using static System.FormattableString;

namespace ImageRec.Benchmarks;

/// <summary>
/// What learning and measuring cost in large catalogs, and what the ways to learn from more rows than one matrix holds cost in quality.
/// </summary>
internal static class LearningSize
{
    private const int Dimensions = 128;

    private static readonly ExperimentAxis s_learners = ExperimentAxis.Of(
        "learner",
        ("one machine", builder => builder.LearnCategories()),
        ("machines of at most 1,024 rows", builder => builder.UseCategoryLearner(new KernelRidgeLearner { MostRows = 1024 })),
        ("machines of at most 512 rows", builder => builder.UseCategoryLearner(new KernelRidgeLearner { MostRows = 512 })),
        ("1,024 landmarks", builder => builder.UseCategoryLearner(new LandmarkLearner(1024))),
        ("512 landmarks", builder => builder.UseCategoryLearner(new LandmarkLearner(512))));

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var photos = arguments.Text("--photos", Path.Combine(Repository.Root(), "..", "shared", "data", "clothing"));
        var report = new StringBuilder();
        report.AppendLine("| items | categories | step | seconds | processor seconds | peak MB so far | figures |");
        report.AppendLine("| ---: | ---: | --- | ---: | ---: | ---: | --- |");
        await AddAsync(report, items: 2500, categories: 500);
        await AddAsync(report, items: 50_000, categories: 50);
        if (Directory.Exists(photos))
        {
            var table = await new ExperimentGrid { Axes = [s_learners] }.RunAsync(
                ImageCatalog.FromFolder(Path.Combine(photos, "train")), ImageCatalog.FromFolder(Path.Combine(photos, "validation")),
                new ExperimentOptions { Compare = "accuracy" });
            report.AppendLine().AppendLine(table.ToMarkdown());
        }
        Console.WriteLine(Invariant($"{report}{Environment.NewLine}{Machine.Describe()}"));
        return 0;
    }

    private static async Task AddAsync(StringBuilder report, int items, int categories)
    {
        var catalog = Enumerable.Range(0, items).ToCatalog(
            i => $"sku-{i}", i => ImageSource.FromBytes(Picture(i, categories), $"{i}"), i => $"category {i % categories}");
        await AddStepAsync("build without categories", async () =>
        {
            await using var plain = await Builder().BuildAsync(catalog);
            return "";
        });
        RecommendationEngine<int>? shop = null;
        await AddStepAsync("build with LearnCategories", async () =>
        {
            shop = await Builder().LearnCategories().BuildAsync(catalog);
            var learned = shop.Categories!;
            return Invariant($"{learned.Learner}, held out: accuracy {learned.HeldOutAccuracy:F3}, log loss {learned.HeldOutLogLoss:F3}");
        });
        await using var own = shop!;
        await AddStepAsync("EvaluateLeaveOneOutAsync", async () =>
        {
            var measured = await own.EvaluateLeaveOneOutAsync();
            return $"{measured.Queries} queries, map {measured.MeanAveragePrecision}";
        });

        async Task AddStepAsync(string name, Func<Task<string>> step)
        {
            using var process = Process.GetCurrentProcess();
            var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
            var figures = await step();
            process.Refresh();
            var busy = process.TotalProcessorTime - before;
            report.AppendLine(Invariant($"| {items:N0} | {categories} | {name} | {watch.Elapsed.TotalSeconds:F1} | {busy.TotalSeconds:F1} ")
                + Invariant($"| {process.PeakWorkingSet64 >> 20} | {figures} |"));
            Console.WriteLine($"{items} items, {name}: {watch.Elapsed.TotalSeconds:F1} s, {figures}");
        }
    }

    private static RecommenderBuilder Builder() => new RecommenderBuilder().UseExtractor(new Rows()).WithoutReduction();

    /// <summary>Five styles in each category, and much that is the item's own.</summary>
    private static byte[] Picture(int item, int categories)
    {
        var category = item % categories;
        var row = new float[Dimensions];
        Add(category + 1_000_000, 1);
        Add((category * 5) + (item / categories % 5) + 2_000_000, 0.8f);
        Add(item, 1.6f);
        return MemoryMarshal.AsBytes(row.AsSpan()).ToArray();

        void Add(int seed, float scale)
        {
            var random = new Random(seed);
            foreach (ref var value in row.AsSpan())
                value += scale * (random.NextSingle() - 0.5f);
        }
    }

    /// <summary>Takes the bytes of a picture for its embedding.</summary>
    private sealed class Rows : IFeatureExtractor
    {
        public string Name => "rows";

        public string Fingerprint => "rows";

        public int Dimensions => LearningSize.Dimensions;

        public int PreferredBatch => 256;

        public async ValueTask<IReadOnlyList<UnreadableImage>> ExtractAsync(
            IReadOnlyList<ImageSource> batch, Memory<float> rows, CancellationToken cancellationToken = default)
        {
            for (var i = 0; i < batch.Count; i++)
            {
                var bytes = await batch[i].ReadAsync(cancellationToken: cancellationToken);
                MemoryMarshal.Cast<byte, float>(bytes.Span).CopyTo(rows.Span[(i * Dimensions)..]);
            }
            return [];
        }

        public void Dispose()
        {
        }
    }
}
