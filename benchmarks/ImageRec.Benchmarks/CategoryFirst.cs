using System.Diagnostics;
using System.Globalization;
using System.Text;
using ImageRec.Evaluation;
using ImageRec.Evaluation.Caching;
using ImageRec.Evaluation.Metrics;
using ImageRec.Evaluation.Queries;
using ImageRec.Features;

namespace ImageRec.Benchmarks;

/// <summary>Categories joined softly to the score beside the category first, by kernel ridge regression and by random forests.</summary>
internal static class CategoryFirst
{
    private static readonly (string Name, Action<RecommenderBuilder> Learn)[] s_ways =
    [
        ("image alone", _ => { }),
        ("soft join, kernel ridge", builder => builder.LearnCategories()),
        ("category first, kernel ridge", builder => builder.LearnCategories(o => o.CategoryFirst = true)),
        ("soft join, random forest", builder => builder.LearnCategoriesWithForest()),
        ("category first, random forest", builder => builder.LearnCategoriesWithForest(o => o.CategoryFirst = true)),
    ];

    private static readonly string[] s_figures = ["accuracy", "precision@1", "precision@5", "map"];
    private static readonly string[] s_compared = ["precision@5", "map"];

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var root = Repository.Root();
        var photos = arguments.Text("--photos", Path.Combine(root, "..", "shared", "data", "clothing"));
        var alexNet = arguments.Text("--alexnet", Path.Combine(root, "..", "shared", "models", "alexnet-bvlc-conv.onnx"));
        var catalog = ImageCatalog.FromFolder(Path.Combine(photos, "train"));
        var queries = ImageCatalog.FromFolder(Path.Combine(photos, "validation"));
        var report = new StringBuilder($"""
            # Category first

            `dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- category-first [--photos DIR] [--alexnet FILE]`: {catalog.Entries.Count():N0} photos of `clothing/train`, asked with the
            {queries.Entries.Count():N0} of `clothing/validation`. Every figure with its 95 % bootstrap interval; p of precision@5 and mAP against the soft join by kernel ridge regression (paired
            bootstrap). Accuracy by the image alone is a vote of the 10 nearest. Learning: seconds of the build beyond those of the same build without categories, embeddings
            computed before. Search: the median from a row to ten answers, in one thread.

            """);
        await AddAsync("AlexNet, pool5, PCA 256 (has learned from none of these photos)",
            OnnxModel.AlexNet(alexNet, "pool5"), builder => builder.ReduceWithPca(256));
        await AddAsync("The network inside the package (has learned from the catalog's photos)",
            OnnxModel.Compact, builder => builder.WithoutReduction());
        return 0;

        async Task AddAsync(string title, OnnxModel model, Action<RecommenderBuilder> reduce)
        {
            report.AppendLine().AppendLine("## " + title).AppendLine()
                .AppendLine("| | accuracy | precision@1 | precision@5 | mAP | p, precision@5 | p, mAP | learning, s | search, ms |")
                .AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
            foreach (var line in await LinesAsync(model, reduce, catalog, queries))
            {
                Console.WriteLine(line);
                report.AppendLine(line);
            }
            await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", "category-first.md"),
                $"{report}{Environment.NewLine}{Machine.Describe()}{Environment.NewLine}");
        }
    }

    private static async Task<List<string>> LinesAsync(
        OnnxModel model, Action<RecommenderBuilder> reduce, ImageCatalog<CatalogItem> catalog, ImageCatalog<CatalogItem> queries)
    {
        var scratch = Directory.CreateTempSubdirectory("imagerec-first-");
        try
        {
            using var extractor = new CachedFeatureExtractor(new OnnxFeatureExtractor(model), Path.Combine(scratch.FullName, "features"));
            // So that no build computes embeddings.
            await (await new RecommenderBuilder().UseExtractor(extractor).BuildAsync(catalog)).DisposeAsync();
            var measured = new List<(string Name, EvaluationReport Report, double Seconds)>();
            foreach (var (name, learn) in s_ways)
            {
                var builder = new RecommenderBuilder().UseExtractor(extractor);
                reduce(builder);
                learn(builder);
                var watch = Stopwatch.StartNew();
                await using var shop = await builder.BuildAsync(catalog);
                var seconds = watch.Elapsed.TotalSeconds;
                measured.Add((name, await shop.EvaluateAsync(queries), seconds));
                // Long runs are watched.
                Console.WriteLine($"{name}: {seconds:F1} s, {measured[^1].Report.MeanAveragePrecision}");
            }
            return measured.ConvertAll(way => Line(way.Name, way.Report, way.Seconds - measured[0].Seconds, measured[1].Report));
        }
        finally
        {
            scratch.Delete(recursive: true);
        }
    }

    private static string Line(string name, EvaluationReport report, double seconds, EvaluationReport reference)
    {
        var figures = s_figures.Select(figure => report.Metrics[figure].ToString());
        var probabilities = s_compared.Select(figure => ReferenceEquals(report, reference) ? "" : PValue(figure));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {string.Join(" | ", figures)} | {string.Join(" | ", probabilities)} "
            + $"| {seconds:0.0} | {report.SearchMilliseconds:0.000} |");

        string PValue(string figure)
        {
            var of = QueryFigure.Of(figure);
            return Bootstrap.PairedPValue([.. report.PerQuery.Select(of)], [.. reference.PerQuery.Select(of)], seed: 1)
                .ToString("0.000", CultureInfo.InvariantCulture);
        }
    }
}
