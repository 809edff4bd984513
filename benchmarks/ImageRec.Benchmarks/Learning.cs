using System.Text;
using ImageRec.Evaluation;
using Microsoft.ML;

namespace ImageRec.Benchmarks;

/// <summary>
/// What learning the categories gives, trainer by trainer: the clothing photos, asked with the validation photos that nothing was learned
/// or chosen from.
/// </summary>
internal static class Learning
{
    private static readonly ExperimentAxis s_learners = ExperimentAxis.Of(
        "learner",
        ("none", _ => { }),
        ("kernel ridge", builder => builder.LearnCategories()),
        ("maximum entropy", builder => builder.LearnCategories(o => o.Trainer = CategoryTrainer.MaximumEntropy)),
        ("random forest", builder => builder.LearnCategoriesWithForest()),
        ("LightGBM", builder => builder.LearnCategoriesWithMLNet("light-gbm", ml => ml.MulticlassClassification.Trainers.LightGbm())));

    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = new Arguments(args);
        var root = Repository.Root();
        var photos = arguments.Text("--photos", Path.Combine(root, "..", "shared", "data", "clothing"));
        var network = arguments.Text("--alexnet", Path.Combine(root, "..", "shared", "models", "alexnet-bvlc-conv.onnx"));
        var catalog = ImageCatalog.FromFolder(Path.Combine(photos, "train"));
        var queries = ImageCatalog.FromFolder(Path.Combine(photos, "validation"));
        var report = new StringBuilder($"""
            # Learning categories

            `dotnet run -c Release --project benchmarks/ImageRec.Benchmarks -- learning [--photos DIR] [--alexnet FILE]`: {catalog.Entries.Count():N0} photos, asked with {queries.Entries.Count():N0} others.
            Regularization, temperature and weight are chosen by cross-validation on the catalog alone. Every figure with its 95 % bootstrap interval; p against the first row of its table.

            """);
        await AddAsync("The network inside the package", new ExperimentGrid { Axes = [s_learners] });
        if (File.Exists(network))
        {
            await AddAsync("AlexNet, pool5", new ExperimentGrid
            {
                Extractors = [ExperimentExtractor.Onnx(OnnxModel.AlexNet(network, "pool5"))],
                Axes = [ExperimentAxis.Pca([256]), s_learners],
            });
        }
        return 0;

        async Task AddAsync(string title, ExperimentGrid grid)
        {
            var table = await grid.RunAsync(catalog, queries, new ExperimentOptions { Compare = "precision@5" });
            report.AppendLine().AppendLine("## " + title).AppendLine().AppendLine(table.ToMarkdown());
            Console.WriteLine(table.ToMarkdown());
            // After each table: the next may take long.
            await File.WriteAllTextAsync(Path.Combine(root, "benchmarks", "results", "learning.md"),
                $"{report}{Environment.NewLine}{Machine.Describe()}{Environment.NewLine}");
        }
    }
}
